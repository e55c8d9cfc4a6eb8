/** The teams of the simulated company, with the zones that their people live in. */
export const TEAMS = [
  { name: 'Checkout', zones: ['Europe/Berlin', 'Europe/London', 'Europe/Lisbon'] },
  { name: 'Payments', zones: ['America/New_York', 'America/Sao_Paulo', 'America/Chicago'] },
  { name: 'Search', zones: ['Asia/Kolkata', 'Asia/Kathmandu', 'Asia/Kolkata'] },
  { name: 'Platform', zones: ['America/Los_Angeles', 'America/Denver', 'America/New_York'] },
  { name: 'Data', zones: ['Australia/Adelaide', 'Australia/Lord_Howe', 'Pacific/Auckland'] },
  { name: 'Identity', zones: ['Europe/London', null, 'Europe/Berlin'] },
  { name: 'Messaging', zones: ['Asia/Tokyo', 'Asia/Singapore', 'Australia/Sydney'] },
  { name: 'Edge', zones: ['America/St_Johns', 'Africa/Johannesburg', 'Europe/Berlin'] },
] as const;

/** First and family names, put together by chance. */
export const FIRST_NAMES = [
  'Ada', 'Amir', 'Anjali', 'Aoife', 'Bram', 'Chiara', 'Dawa', 'Diego', 'Elif', 'Emeka',
  'Farah', 'Grace', 'Hana', 'Ignacio', 'Ines', 'Jun', 'Kaia', 'Kofi', 'Lars', 'Leilani',
  'Lin', 'Luca', 'Maren', 'Mateus', 'Mei', 'Nadia', 'Noor', 'Oskar', 'Priya', 'Quinn',
  'Rafael', 'Rosa', 'Sanjay', 'Sina', 'Tane', 'Tomás', 'Uma', 'Vera', 'Wanjiru', 'Yusuf',
  'Zoë', 'Åsa',
] as const; // biome-ignore format: a list of names reads better in rows

/** Family names. */
export const LAST_NAMES = [
  'Abara', 'Almeida', 'Bianchi', 'Brandt', 'Chen', 'Costa', 'Dahl', 'Duarte', 'Eriksen', 'Fischer',
  'Gurung', 'Haddad', 'Ito', 'Jansen', 'Kapoor', 'Keane', 'Lindqvist', 'Mbeki', 'Moreau', 'Nakamura',
  "O'Brien", 'Okafor', 'Park', 'Petrov', 'Rao', 'Sato', 'Sharma', 'Silva', 'Tamang', 'Yılmaz',
] as const; // biome-ignore format: a list of names reads better in rows

/** The services of each team, in the teams' order; the number is how often one has incidents. */
export const SERVICES = [
  { 'checkout-api': 7, 'cart-store': 2, 'price-rules': 2, 'order-events': 3 },
  { 'payments-ledger': 4, 'card-gateway': 5, 'fraud-scoring': 2, 'payout-batch': 1 },
  { 'search-index': 6, 'search-frontend': 2, 'catalogue-feed': 2 },
  { 'kubernetes-control': 5, 'build-farm': 3, 'container-registry': 1, 'log-pipeline': 4 },
  { 'warehouse-loads': 6, 'stream-joins': 3, 'reporting-api': 1, 'feature-store': 1 },
  { 'login-service': 3, 'token-issuer': 2, 'directory-sync': 2 },
  { 'push-gateway': 4, 'mail-relay': 3, 'webhook-sender': 2, 'chat-bridge': 1 },
  { 'edge-proxy': 8, 'dns-zones': 1, 'tls-renewal': 1, 'cdn-purge': 2 },
] as const satisfies readonly Record<string, number>[];

/** The account's priorities, most severe first. */
export const PRIORITIES = [
  { name: 'P1', description: 'Customers cannot buy' },
  { name: 'P2', description: 'Customers are slowed down' },
  { name: 'P3', description: 'Staff are affected' },
  { name: 'P4', description: 'Nobody notices yet' },
] as const;
