import { DAY, HOUR } from '../clock.ts';

/** One burn rule: it fires while `share` of the period's budget is being spent within `long`, a time in milliseconds. */
export interface BurnRule {
  share: number;
  long: number;
  /** A time SLI has no page rules: it would page because somebody was paged. */
  ratioOnly: boolean;
}

/** The multiwindow, multi-burn-rate rules of Google's SRE workbook, https://sre.google/workbook/alerting-on-slos/ (section 6). */
export const BURN_RULES = {
  page_fast: { share: 0.02, long: HOUR, ratioOnly: true },
  page_slow: { share: 0.05, long: 6 * HOUR, ratioOnly: true },
  ticket_fast: { share: 0.1, long: DAY, ratioOnly: false },
  ticket_slow: { share: 0.1, long: 3 * DAY, ratioOnly: false },
} as const satisfies Record<string, BurnRule>;

/** The name of a burn rule. */
export type BurnRuleName = keyof typeof BURN_RULES;

/** The names of all rules, fastest first. */
export const BURN_RULE_NAMES = Object.keys(BURN_RULES) as BurnRuleName[];

/** The rules of an SLI that counts bad time. */
export const TIME_RULE_NAMES = BURN_RULE_NAMES.filter((rule) => !BURN_RULES[rule].ratioOnly);

/** The burn rate at or above which a rule holds, for a period in milliseconds. */
export function factorOf(rule: BurnRule, period: number): number {
  return (rule.share * period) / rule.long;
}

/** The short window of a rule, milliseconds: it ends the alert soon after the burning ends. */
export function shortOf(rule: BurnRule): number {
  return rule.long / 12;
}
