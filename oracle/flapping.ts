import { DAY, HOUR, MINUTE } from './calendar.ts';

interface Opening {
  id: string;
  createdAt: number;
  resolvedAt: number | null;
}

function openTime({ createdAt, resolvedAt }: Opening): number {
  return resolvedAt === null ? Number.POSITIVE_INFINITY : resolvedAt - createdAt;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/** The ids of the incidents that flap, among all incidents of one fingerprint. */
export function flappingAmong(incidents: Opening[]): Set<string> {
  const flapping = new Set<string>();
  for (const { createdAt } of incidents) {
    const trailing = (length: number) =>
      incidents.filter((other) => other.createdAt > createdAt - length && other.createdAt <= createdAt);
    const hour = trailing(HOUR);
    const day = trailing(DAY);
    if (hour.length >= 3) for (const { id } of hour) flapping.add(id);
    if (day.length >= 5 && median(day.map(openTime)) < 15 * MINUTE)
      for (const { id } of day) flapping.add(id);
  }
  let last = Number.NEGATIVE_INFINITY;
  for (const { id, createdAt } of incidents.toSorted((a, b) => a.createdAt - b.createdAt)) {
    if (createdAt - last < HOUR) flapping.add(id);
    if (flapping.has(id)) last = createdAt;
  }
  return flapping;
}
