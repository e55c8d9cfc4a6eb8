import type { Random } from '../random.ts';

/** How the incidents of a problem tend to go. */
export type Temper = 'genuine' | 'healing' | 'flapping' | 'forgotten' | 'noisy';

/** A kind of incident: the title with fields in braces, how it goes, and the severity that events carry. */
export interface Problem {
  title: string;
  temper: Temper;
  severity: 'critical' | 'error' | 'warning' | 'info';
  /** Deduplication key with fields in braces; none where events bring no key. */
  key?: string;
}

/** The problems that services have, chosen so that their titles change in every way that fingerprints must see through. */
export const PROBLEMS = {
  high_latency: { title: 'p99 latency of {service} is {number} ms', temper: 'healing', severity: 'warning', key: '{service}/latency' },
  error_rate: { title: 'Error rate {percent}% on {service} (request {uuid})', temper: 'genuine', severity: 'critical' },
  disk_full: { title: 'Disk /var is {whole}% full on {host}', temper: 'genuine', severity: 'error', key: 'disk/{host}' },
  pod_restart: { title: 'Pod {service}-{pod} restarts too often', temper: 'flapping', severity: 'warning', key: 'pod/{service}' },
  host_down: { title: 'Host {ip} does not answer', temper: 'flapping', severity: 'critical', key: 'ping/{ip}' },
  host_down_v6: { title: 'No route to [{ipv6}]', temper: 'healing', severity: 'error' },
  job_late: { title: 'Job nightly-load did not finish by {time}', temper: 'genuine', severity: 'error', key: 'job/{service}' },
  clock: { title: 'Backup due at {clock} is missing', temper: 'forgotten', severity: 'warning' },
  commit: { title: 'Deploy {hex} of {service} failed', temper: 'noisy', severity: 'info' },
  address: { title: 'Segfault at 0x{hex} in worker {number}', temper: 'genuine', severity: 'critical' },
  queue: { title: 'Queue  {service}.in holds {thousands} messages', temper: 'healing', severity: 'error', key: 'queue/{service}' },
  certificate: { title: 'Certificate of {service} expires in {whole} days', temper: 'forgotten', severity: 'info' },
  memory: { title: 'OOM: container {hexid} killed on node-{whole}', temper: 'noisy', severity: 'error', key: 'oom/{hexid}' },
  slo_burn: { title: '[pagebudget] Alert budget of {service} burns fast', temper: 'noisy', severity: 'warning' },
  synthetic: { title: 'Synthetic check "log in" failed from {ip}:8443', temper: 'flapping', severity: 'error', key: 'synthetic/{service}' },
} as const satisfies Record<string, Problem>; // biome-ignore format: one problem a line

/** What the fields of titles and keys become. */
const FIELDS = {
  number: (random) => String(random.whole(120, 9800)),
  whole: (random) => String(random.whole(2, 98)),
  percent: (random) => (random.next() * 30 + 1).toFixed(1),
  thousands: (random) => `${random.whole(1, 99)},${random.whole(100, 999)}`,
  uuid: (random) => [8, 4, 4, 4, 12].map((length) => hex(random, length)).join('-'),
  hex: (random) => `${hex(random, 5)}a7`,
  hexid: (random) => `${hex(random, 10)}b3`,
  host: (random) => `db-${random.whole(1, 6)}.eu-west-${random.whole(1, 3)}.simulated.example`,
  ip: (random) => `10.${random.whole(0, 3)}.${random.whole(0, 9)}.${random.whole(1, 254)}`,
  ipv6: (random) => `fd00:${hex(random, 4)}::${hex(random, 3)}:${random.whole(1, 9)}`,
  pod: (random) => `${hex(random, 8)}4f-${hex(random, 4)}x`,
  time: (random) => `2026-${pad(random.whole(1, 12))}-${pad(random.whole(1, 28))}T${clock(random)}:00Z`,
  clock,
} as const satisfies Record<string, (random: Random) => string>;

/** Fills the fields of a title or key; `{service}` is the service's name, an unknown field stays. */
export function fill(template: string, service: string, random: Random): string {
  return template.replace(/\{(\w+)\}/g, (whole, field: string) => {
    if (field === 'service') return service;
    return field in FIELDS ? FIELDS[field as keyof typeof FIELDS](random) : whole;
  });
}

/** The problem of a name. */
export function problemOf(name: string): Problem {
  return PROBLEMS[name as keyof typeof PROBLEMS];
}

function hex(random: Random, length: number): string {
  return Array.from({ length }, () => random.whole(0, 15).toString(16)).join('');
}

function clock(random: Random): string {
  return `${pad(random.whole(0, 23))}:${pad(random.whole(0, 59))}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
