import { parseArgs } from 'node:util';
import { DAY } from '../clock.ts';
import { askAt } from '../report/ask.ts';
import { report } from '../report/report.ts';

/** Prints the on-call report of the last days of a running backend: `report [--days 28] [--url http://127.0.0.1:8686]`. */
export async function printReport(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      days: { type: 'string', default: '28' },
      url: { type: 'string', default: `http://127.0.0.1:${process.env.PORT || 8686}` },
    },
  });
  const now = Date.now();
  const range = {
    from: new Date(now - Number(values.days) * DAY).toISOString(),
    to: new Date(now).toISOString(),
  };
  process.stdout.write(
    `${await report(askAt(values.url, process.env.PAGEBUDGET_TOKEN || null, fetch), range)}\n`,
  );
  return 0;
}
