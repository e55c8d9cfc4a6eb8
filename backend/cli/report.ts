import { parseArgs } from 'node:util';
import { zoneOf } from '../calendar/zone.ts';
import { systemClock } from '../clock.ts';
import type { Status } from '../contract.ts';
import { AppError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { askAt, statusAt } from '../report/ask.ts';
import { FORMATS } from '../report/formats.ts';
import { lastDays, lastWeek, type Period, weekNamed } from '../report/period.ts';
import { report } from '../report/report.ts';
import { backendToken, backendUrl } from './backend.ts';

/** Prints the on-call report of a running backend: `report [--week 2026-W46 | --days 28] [--team NAME ...] [--format markdown|html|text] [--url http://127.0.0.1:8686]`. */
export async function printReport(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      week: { type: 'string' },
      days: { type: 'string' },
      team: { type: 'string', multiple: true, default: [] },
      format: { type: 'string', default: 'markdown' },
      url: { type: 'string', default: backendUrl() },
    },
  });
  const write = Object.entries(FORMATS).find(([name]) => name === values.format)?.[1];
  if (!write) {
    const near = nearest(values.format, Object.keys(FORMATS))[0] ?? Object.keys(FORMATS).join(', ');
    throw new AppError('invalid_query', `There is no format "${values.format}"; did you mean ${near}?`);
  }
  const token = backendToken();
  const { timeZone, account } = await statusAt(values.url, token, fetch);
  const request = { period: periodOf(values, timeZone), teams: values.team, timeZone };
  process.stdout.write(`${write(await report(askAt(values.url, token, fetch), request, account))}\n`);
  return 0;
}

function periodOf(
  { week, days }: { week?: string | undefined; days?: string | undefined },
  timeZone: Status['timeZone'],
): Period {
  if (week !== undefined) return weekNamed(week, zoneOf(timeZone));
  if (days === undefined) return lastWeek(zoneOf(timeZone), systemClock.now());
  if (!/^[1-9]\d{0,3}$/.test(days)) {
    throw new AppError('invalid_query', `--days must be a whole number from 1, not "${days}".`);
  }
  return lastDays(Number(days), systemClock.now());
}
