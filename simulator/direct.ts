import { makeTimeline, type Timeline } from './account/timeline.ts';
import { incident } from './answers/incident.ts';
import { logEntry } from './answers/log-entry.ts';
import type { Lens } from './answers/reference.ts';
import { answerTo } from './http/answer.ts';
import { defaultSettings } from './http/settings.ts';
import { waysOf } from './http/ways.ts';
import type { Incident } from './life/incident.ts';
import { modelOfSize, readModel, type Size } from './model/read.ts';
import { DAY } from './time.ts';

/** What an account that is read without HTTP follows from; `until` in epoch ms. */
export interface DirectOptions {
  seed: number;
  size: Size;
  /** A file that describes the account's shape, in place of the size. */
  account?: string;
  until: number;
}

/** What happened in [since, until), epoch ms: rows of both lists as the answers hold them, oldest first, times in UTC. */
export interface DirectWindow {
  since: number;
  until: number;
  /** Incidents created in the window, as GET /incidents shows them. */
  incidents: object[];
  /** Log entries made in it, as GET /log_entries shows them with include[]=incidents and include[]=channels; entries of one incident share its object. */
  log_entries: object[];
}

/** An account that stands still, read in the process. */
export interface Direct {
  timeline: Timeline;
  /** Days of history before `until`. */
  historyDays: number;
  /** The body that GET of a path with its query answers; throws an ApiError where that would be an error. */
  ask(pathAndQuery: string): Record<string, unknown>;
  /** All rows of a list, its pages joined. */
  list(pathAndQuery: string, name: string): object[];
  /** The whole history in windows of a length in ms, made one by one as they are asked for, the oldest first. */
  windows(length: number): Generator<DirectWindow>;
}

const PAGE = 100;

/** Opens an account to be read without HTTP in between, such as to load it into a store. */
export function openDirectly({ seed, size, account, until }: DirectOptions): Direct {
  const model = account === undefined ? modelOfSize(size) : readModel(account);
  const timeline = makeTimeline({ seed, model, until, liveRate: 0 });
  timeline.advance(until);
  const ways = waysOf(defaultSettings('none', seed));
  const moment = { timeline, ways, now: until, arrivals: until };
  const ask = (pathAndQuery: string) =>
    answerTo(new URL(pathAndQuery, 'http://simulated'), moment) as Record<string, unknown>;
  return {
    timeline,
    historyDays: model.days,
    ask,
    list(pathAndQuery, name) {
      const separator = pathAndQuery.includes('?') ? '&' : '?';
      const rows: object[] = [];
      for (;;) {
        const body = ask(`${pathAndQuery}${separator}limit=${PAGE}&offset=${rows.length}`);
        rows.push(...(body[name] as object[]));
        if (body.more !== true) return rows;
      }
    },
    *windows(length) {
      const begin = until - model.days * DAY;
      for (let since = begin; since <= until; since += length) {
        yield windowOf(timeline, since, Math.min(since + length, until + 1));
      }
    },
  };
}

function windowOf(timeline: Timeline, since: number, until: number): DirectWindow {
  const lens: Lens = { timeline, zone: 'UTC', included: new Set(), isUnseen: () => false };
  const withChannels: Lens = { ...lens, included: new Set(['channels']) };
  const made = new Map<Incident, object>();
  const show = (item: Incident) => {
    const known = made.get(item) ?? incident(lens, item);
    made.set(item, known);
    return known;
  };
  const created = timeline.incidentsWithin({ since, until });
  const entries = timeline.entriesWithin({ since, until });
  return {
    since,
    until,
    incidents: created.slice(0, created.length).map(show),
    log_entries: entries.map((entry) => ({
      ...logEntry(withChannels, entry),
      incident: show(entry.incident),
    })),
  };
}
