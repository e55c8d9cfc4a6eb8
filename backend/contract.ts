/** The wire types between browser, relay and backend; `src/` imports this file's types and nothing else of the backend. */

/** A half-open span [from, to) of UTC instants, ISO 8601 with milliseconds and Z. */
export interface TimeRange {
  from: string;
  to: string;
}

/** The four filter operators; regular expressions are anchored and match an id or a name. */
export type FilterOperator = '=' | '!=' | '=~' | '!~';

/** One condition on a dimension: values are ids or names, any of them suffices. */
export interface Filter {
  dimension: string;
  op: FilterOperator;
  values: string[];
}

/** One question as the browser, an alert rule or the command line sends it to POST /query. */
export interface Query {
  refId: string;
  queryType: string;
  range: TimeRange;
  intervalMs?: number;
  maxDataPoints?: number;
  /** IANA zone of buckets and of incidents' hours; the account's zone where absent. */
  timeZone?: string;
  filters?: Filter[];
  /** Most rows wanted of a table. */
  limit?: number;
  metric?: string;
  stat?: string;
  by?: string[];
  bucket?: string;
  format?: string;
  /** `previous`: beside the range the period of the same length just before it. */
  compare?: string;
  view?: string;
  /** One budget or SLO; all where absent. */
  name?: string;
}

/** Who looks, as the Grafana server knows them; believed only with the bearer token. */
export interface Viewer {
  login: string;
  email: string;
  role: string;
}

/** The body of POST /query. */
export interface QueryRequest {
  queries: Query[];
  viewer?: Viewer;
}

/** The answer of POST /query: one result per refId. */
export interface QueryResponse {
  results: Record<string, QueryResult>;
}

/** One query's frames, or its error with who is to blame for it. */
export interface QueryResult {
  status: number;
  frames: Frame[];
  error?: string;
  errorSource?: 'plugin' | 'downstream';
}

/** A data frame in Grafana's JSON form. */
export interface Frame {
  schema: {
    refId: string;
    name?: string;
    meta: FrameMeta;
    fields: FrameField[];
  };
  data: { values: (string | number | boolean | null)[][] };
}

/** A column of a frame; times are epoch milliseconds. */
export interface FrameField {
  name: string;
  type: 'time' | 'number' | 'string' | 'boolean';
  typeInfo: { frame: 'time.Time' | 'float64' | 'string' | 'bool'; nullable: true };
  labels?: Record<string, string>;
  config?: FieldConfig;
}

/** The part of Grafana's field config that the backend sets. */
export interface FieldConfig {
  displayName?: string;
  displayNameFromDS?: string;
  description?: string;
  unit?: string;
  interval?: number;
  links?: { title: string; url: string; targetBlank: boolean }[];
}

/** What a frame says about itself: notices for people, honesty facts for programs. */
export interface FrameMeta {
  type?: 'timeseries-multi' | 'numeric-multi' | 'table' | 'heatmap-rows';
  typeVersion?: [number, number];
  preferredVisualisationType?: 'graph' | 'table' | 'logs';
  notices?: Notice[];
  custom: Honesty;
}

/** A sentence shown in the corner of a panel. */
export interface Notice {
  severity: 'info' | 'warning' | 'error';
  text: string;
}

/** How far an answer can be trusted. */
export interface Honesty {
  harvestedUntil: string | null;
  complete: boolean;
  reason: string | null;
  timeZone: string;
  /** Version of the rule set that made the facts. */
  rules: string;
  /** Hash of everything by which answers can differ; GET /status tells its parts. */
  configuration: string;
}

/** Versions and digests of all by which two answers about the same rows can differ. */
export interface ConfigurationParts {
  /** Of all the others together. */
  hash: string;
  /** Of this Pagebudget. */
  version: string;
  /** Of the store's schema. */
  schema: number;
  /** Of the rules and of the settings that facts depend on. */
  rules: string;
  /** Of every setting but secrets and addresses. */
  settings: string;
  /** Of the budget and SLO files. */
  budgets: string;
  /** Of the SQL views. */
  views: string;
  /** The engine of the store. */
  engine: string;
  /** Of the time zones' rules, as the IANA names it; null where this Node does not tell. */
  zones: string | null;
}

/** One value to choose from. */
export interface Choice {
  value: string;
  label: string;
  description?: string;
}

/** One input of the query editor; `type` picks its component. */
export interface CatalogueField {
  /** Property of the query that it sets. */
  name: keyof Query;
  type: 'metric' | 'stat' | 'dimensions' | 'filters' | 'choice' | 'number' | 'text';
  title: string;
  description: string;
  /** Choices of a `choice` field. */
  choices?: Choice[];
  /** What holds when the field is left empty, in words. */
  placeholder?: string;
}

/** A query type as the editor offers it. */
export interface CatalogueQueryType {
  name: string;
  title: string;
  description: string;
  fields: CatalogueField[];
  /** A query of this type that draws something useful. */
  example: Partial<Query>;
}

/** A dimension as the editor offers it. */
export interface CatalogueDimension {
  name: string;
  title: string;
  description: string;
  /** Link to its definition. */
  link: string;
}

/** A metric as the editor and docs/metrics show it. */
export interface CatalogueMetric extends CatalogueDimension {
  unit: string;
  /** The instant that puts a row into a range or bucket. */
  instant: string;
  /** Dimensions it can be grouped and filtered by. */
  dimensions: string[];
  /** Statistics it offers; the first is the default; empty for plain counts and shares. */
  stats: string[];
}

/** The answer of GET /catalogue. */
export interface Catalogue {
  queryTypes: CatalogueQueryType[];
  metrics: CatalogueMetric[];
  dimensions: CatalogueDimension[];
  operators: Choice[];
}

/** The answer of GET /values?dimension=: the values that a filter accepts, with the id beside the name. */
export interface ValuesResponse {
  values: { id: string; name: string }[];
  /** All values there are, also where `values` was cut by a limit. */
  total: number;
}

/** What is known of one stream of the harvest. */
export interface StreamStatus {
  stream: string;
  from: string | null;
  to: string | null;
  state: 'waiting' | 'running' | 'complete' | 'error' | 'disabled';
  rows: number;
  reason: string | null;
}

/** The requests of one endpoint and cause since the process began. */
export interface RequestCount {
  /** Path with `{id}` in place of ids. */
  endpoint: string;
  /** The work that asked: connect, feed, open_incidents, on_calls, directory, second_look or backfill. */
  cause: string;
  /** Requests sent. */
  requests: number;
  /** Requests that were not answered with 2xx and readable JSON. */
  refused: number;
  /** Requests that were sent because one before was refused. */
  retried: number;
  /** Rows of lists received. */
  rows: number;
  /** Bytes of bodies received. */
  bytes: number;
  /** Seconds from sending to the whole answer, summed. */
  seconds: number;
  /** How many were refused, by HTTP status; 0 where no whole answer came. */
  statuses: Readonly<Record<string, number>>;
}

/** What the process asked of PagerDuty since it began, and at what pace. */
export interface RequestsStatus {
  used: number;
  refused: number;
  /** Requests of the last minute. */
  perMinute: number;
  allowedPerMinute: number;
  /** The account's limit as PagerDuty's answers tell it, requests a minute; null before they do. */
  accountLimit: number | null;
  byEndpoint: readonly RequestCount[];
}

/** The answer of GET /status. */
export interface Status {
  version: string;
  account: { id: string; name: string; simulated: boolean; url: string } | null;
  /** `standby`: another process harvests into the same store, and this one answers from it. */
  state: 'starting' | 'harvesting' | 'ready' | 'stopped' | 'standby';
  harvestedUntil: string | null;
  /** Seconds from there to PagerDuty's present; null where either is not known. */
  behindSeconds: number | null;
  /** Whether incidents and log entries, on which all figures lean, are whole. */
  complete: boolean;
  /** Why not, in words. */
  reason: string | null;
  /** What fails at present in words, with what to do. */
  error: string | null;
  /** The last failure since the process began, also one that has passed. */
  lastError: { stream: string; message: string; at: string } | null;
  /** What is to be known of streams and makes no figure incomplete: unknown types, things no longer visible, streams that the plan lacks. */
  remarks: string[];
  progress: {
    /** Share of the backfill's windows that are done, 0-1. */
    done: number;
    window: string | null;
    rows: number;
    rowsPerSecond: number | null;
    secondsLeft: number | null;
  };
  requests: RequestsStatus;
  streams: StreamStatus[];
  rules: string;
  configuration: ConfigurationParts;
  /** Where the data lies, without a password, and how many bytes it takes; null for a store in memory. */
  store: { name: string; bytes: number | null };
  timeZone: string;
  timeZoneAssumed: boolean;
}

/** The body of every answer that is not a 2xx. */
export interface ErrorResponse {
  error: { code: string; message: string };
}
