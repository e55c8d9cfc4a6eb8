import type { Value } from '../sql/statement.ts';

/** How a sentence is to be taken: fine, worth a look, or in need of something. */
export type Mood = 'good' | 'watch' | 'bad' | 'unknown';

/** One sentence of a review, with the dashboard (uid) that shows more. */
export interface Remark {
  mood: Mood;
  about: string;
  sentence: string;
  dashboard: string;
}

type Cells = Readonly<Record<string, Value>>;

const number = (cells: Cells | undefined, column: string): number | null => {
  const value = cells?.[column];
  return typeof value === 'number' ? value : null;
};

/** A thing in the singular and in the plural. */
export type Noun = readonly [one: string, many: string];

/** A count beside the period before. */
export function countRemark(
  about: string,
  noun: Noun,
  cells: Cells & { now: Value },
  dashboard: string,
): Remark {
  const [now, previous] = [number(cells, 'now'), number(cells, 'previous')];
  if (now === null) return { mood: 'unknown', about, sentence: `${noun[1]}: not harvested yet.`, dashboard };
  if (previous === null) {
    const sentence = `${count(now, noun)}; the period before is not harvested.`;
    return { mood: 'unknown', about, sentence, dashboard };
  }
  const difference = now - previous;
  const moved =
    difference === 0 ? 'as many as' : `${Math.abs(difference)} ${difference > 0 ? 'more' : 'fewer'} than`;
  const mood = difference > 0 ? 'watch' : 'good';
  return { mood, about, sentence: `${count(now, noun)}, ${moved} in the period before.`, dashboard };
}

/** The budgets that are spent, or the one that is nearest to it. */
export function budgetRemarks(budgets: readonly Cells[]): Remark[] {
  const remark = (mood: Mood, sentence: string): Remark => ({
    ...{ mood, sentence },
    ...{ about: 'Alert budgets', dashboard: 'pagebudget-slo-burn' },
  });
  if (budgets.length === 0) return [remark('unknown', 'No alert budget is set up for this selection.')];
  const spent = budgets.filter(({ exhausted }) => exhausted === true);
  if (spent.length > 0) {
    return spent.map((row) =>
      remark(
        'bad',
        `Budget ${row.budget} is ${row.overspent ? 'overspent' : 'exhausted'}: ${row.used} of ${row.allowed} used.`,
      ),
    );
  }
  const known = budgets.filter((row) => number(row, 'remaining') !== null);
  const unknown = budgets.length - known.length;
  const [least] = known.toSorted((a, b) => Number(a.remaining) - Number(b.remaining));
  const open = unknown > 0 ? ` Of ${unknown} it is not known.` : '';
  if (!least) return [remark('unknown', `What is left of ${unknown} budgets is not known.`)];
  return [
    remark(
      Number(least.remaining) < 0.25 ? 'watch' : 'good',
      `No budget is spent; the least is left of ${least.budget}: ${percent(least.remaining)}.${open}`,
    ),
  ];
}

/** The alert that cost the most interruptions; nothing where none did. */
export function noiseRemarks(alerts: readonly Cells[]): Remark[] {
  const [worst] = alerts.toSorted((a, b) => Number(b.interruptions) - Number(a.interruptions));
  if (!worst || !number(worst, 'interruptions')) return [];
  const healed = number(worst, 'auto_resolved_share');
  const how = healed === null ? '' : `; ${percent(healed)} of its incidents resolved themselves`;
  return [
    {
      mood: Number(worst.share) >= 0.2 ? 'watch' : 'good',
      about: 'Noise',
      sentence: `The noisiest alert, “${worst.fingerprint}” of ${worst.service}, caused ${percent(worst.share)} of all interruptions${how}.`,
      dashboard: 'pagebudget-alert-noise',
    },
  ];
}

/** Whose nights were broken; people are named as the viewer may see them, null leaves the name out. */
export function nightRemark(nights: readonly { broken: Value; person: string | null }[]): Remark {
  const about = { about: 'Nights', dashboard: 'pagebudget-night-pages' };
  const broken = nights.filter((night) => night.broken === true);
  const over = nights.filter((night) => night.broken !== null).length;
  if (broken.length === 0) {
    const sentence =
      over > 0
        ? `None of ${over} nights of people on call was broken.`
        : 'No night of anybody on call is over yet and harvested.';
    return { ...about, mood: over > 0 ? 'good' : 'unknown', sentence };
  }
  const people = [...Map.groupBy(broken, ({ person }) => person)]
    .filter((entry): entry is [string, typeof broken] => entry[0] !== null)
    .sort(([a, mine], [b, others]) => others.length - mine.length || (a < b ? -1 : 1))
    .slice(0, 3)
    .map(([person, own]) => `${person} ${own.length}`);
  const whose = people.length > 0 ? ` (most: ${people.join(', ')})` : '';
  const sentence = `${broken.length} of ${over} nights were broken${whose}.`;
  return { ...about, mood: 'bad', sentence };
}

/** How far back from the range's end incidents are looked for that are still open, days, as on the dashboard On call now. */
export const OPEN_SINCE = 90;

/** Incidents of the last days that nobody has resolved, null where nothing is harvested; `oldest` is an instant in words. */
export function openRemark(open: number | null, oldest: string | null): Remark {
  const about = { about: 'Open', dashboard: 'pagebudget-on-call' };
  if (open === null) return { ...about, mood: 'unknown', sentence: 'Open incidents: not harvested yet.' };
  const those = `of the last ${OPEN_SINCE} days`;
  if (open === 0) return { ...about, mood: 'good', sentence: `Every incident ${those} is resolved.` };
  const sentence =
    open === 1
      ? `1 incident ${those} is still open, since ${oldest}.`
      : `${open} incidents ${those} are still open, the oldest since ${oldest}.`;
  return { ...about, mood: 'watch', sentence };
}

function count(now: number, [one, many]: Noun): string {
  return `${now} ${now === 1 ? one : many}`;
}

function percent(share: Value | undefined): string {
  return `${(Number(share) * 100).toFixed(0)} %`;
}
