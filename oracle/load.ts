import type { Line } from './metric-answer.ts';

/** Interruptions and on-call hours of a person, or of a whole group. */
interface Load {
  interruptions: number;
  hours: number;
}

/** A metric made of both. */
interface LoadMetric {
  /** The dimensions by which its parts are counted. */
  by: (by: string[]) => string[];
  /** The dimensions that it takes, where they are fewer than those of on-call time. */
  dimensions?: string[];
  figure: (parts: Load[]) => number | null;
}

function gini(loads: Load[]): number | null {
  const sorted = loads
    .filter(({ hours }) => hours > 0)
    .map(({ interruptions }) => interruptions)
    .toSorted((a, b) => a - b);
  const total = sorted.reduce((sum, one) => sum + one, 0);
  const n = sorted.length;
  if (n < 3 || total === 0) return null;
  let between = 0;
  for (const one of sorted) for (const other of sorted) between += Math.abs(one - other);
  return between / (2 * n * total);
}

/** The metrics that need both. */
export const loads: Record<string, LoadMetric> = {
  interruptions_per_100_hours: {
    by: (by) => by,
    figure: ([load]) => (load && load.hours > 0 ? (100 * load.interruptions) / load.hours : null),
  },
  gini: {
    by: (by) => [...by, 'user'],
    dimensions: ['schedule', 'escalation_policy', 'team'],
    figure: gini,
  },
};

/** The lines of a load metric from those of its two parts; the first `width` values of these name its group. */
export function loadLines(
  { figure }: LoadMetric,
  width: number,
  interruptions: Line[],
  hours: Line[],
): Line[] {
  const all = [...interruptions, ...hours];
  const groupOf = ({ values }: Line) =>
    JSON.stringify(values.slice(0, width).map((value) => value?.id ?? null));
  const partOf = ({ values }: Line) => JSON.stringify(values.map((value) => value?.id ?? null));
  return [...Map.groupBy(all, groupOf).values()].map((group) => {
    const parts = [...Map.groupBy(group, partOf).values()];
    const labels = new Set(group.flatMap((line) => [...line.figures.keys()]));
    const sum = (lines: Line[], among: Line[], label: number | null) =>
      lines
        .filter((line) => among.includes(line))
        .reduce((total, line) => total + (line.figures.get(label) ?? 0), 0);
    const figures = [...labels].map((label): [number | null, number | null] => [
      label,
      figure(
        parts.map((lines) => ({
          interruptions: sum(lines, interruptions, label),
          hours: sum(lines, hours, label),
        })),
      ),
    ]);
    const says = group.some(
      (line) => line.says && [...line.figures.values()].some((value) => (value ?? 0) > 0),
    );
    return {
      values: group[0]?.values.slice(0, width) ?? [],
      figures: new Map(figures),
      says: says || width === 0,
    };
  });
}
