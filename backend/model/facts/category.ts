import type { CategoryRule } from './rules.ts';

/** What category rules look at. */
export interface Categorised {
  title: string;
  service: string | null;
  incidentKey: string | null;
}

/** The name of the first rule that matches, else `otherwise`, the normalised title. */
export function categoryOf(incident: Categorised, rules: readonly CategoryRule[], otherwise: string): string {
  const rule = rules.find(
    ({ title, service, incidentKey }) =>
      matches(title, incident.title) &&
      matches(service, incident.service) &&
      matches(incidentKey, incident.incidentKey),
  );
  return rule?.name ?? otherwise;
}

function matches(pattern: RegExp | null, text: string | null): boolean {
  return pattern === null || (text !== null && pattern.test(text));
}
