import { readAccount } from './account.ts';
import type { AlertBudget } from './budgets.ts';
import { type Backend, compare, type Mismatch, type Question } from './compare.ts';
import { factsOf } from './facts.ts';
import { questionsFor } from './questions.ts';
import type { SloDocument } from './slos.ts';

/** What one check compares: a PagerDuty API, and the backends that harvested it; times as ISO 8601. */
export interface Check {
  simulatorUrl: string;
  simulatorToken: string;
  backends: Backend[];
  accountZone?: string;
  since: string;
  harvestedUntil: string;
  /** The present of the account, which does not move on. */
  now: string;
  budgets: AlertBudget[];
  slos: SloDocument[];
  seed: number;
}

/** Questions under way at a time: a backend works on some while the oracle works on others. */
const LANES = 4;

/** How much each backend was asked and was compared of it, and every disagreement. */
export interface Outcome {
  questions: number;
  numbers: number;
  mismatches: (Mismatch & { backend: string })[];
}

/** Recomputes every number from the raw account and compares it with what the backend answers. */
export async function checkAccount(check: Check): Promise<Outcome> {
  const account = await readAccount(
    { url: check.simulatorUrl, token: check.simulatorToken },
    {
      since: Date.parse(check.since),
      harvestedUntil: Date.parse(check.harvestedUntil),
      timeZone: check.accountZone ?? 'UTC',
    },
    Date.parse(check.now),
  );
  const { budgets, slos } = check;
  const oracle = { facts: factsOf(account), budgets, slos, known: new WeakMap() };
  const questions = questionsFor(oracle, check.seed);
  const outcome: Outcome = { questions: questions.length, numbers: 0, mismatches: [] };
  const ask = async (question: Question) => {
    await Promise.all(
      check.backends.map(async (backend) => {
        const { mismatches, numbers } = await compare(oracle, backend, question);
        outcome.numbers += numbers;
        outcome.mismatches.push(...mismatches.map((mismatch) => ({ ...mismatch, backend: backend.url })));
      }),
    );
  };
  const waiting = questions.values();
  const lane = async () => {
    for (const question of waiting) await ask(question);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return outcome;
}
