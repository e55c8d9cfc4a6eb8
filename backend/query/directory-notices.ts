import type { Notice } from '../contract.ts';
import type { Coverage } from './coverage.ts';
import type { Question } from './question.ts';

/** What answers lack without a stream of the directory, and the dimension without which they lack nothing. */
const LACKING = {
  users: { lacks: "people's names and time zones, so hours may be in the wrong class" },
  teams: { lacks: "teams' names and members" },
  services: { lacks: "services' names" },
  escalation_policies: { lacks: "escalation policies' names and teams" },
  schedules: { lacks: "schedules' names", only: 'schedule' },
  schedules_v3: { lacks: "shift-based schedules' names", only: 'schedule' },
  priorities: { lacks: "priorities' names", only: 'priority' },
} as const satisfies Record<string, { lacks: string; only?: string }>;

const lacking: Readonly<Record<string, { lacks: string; only?: string }>> = LACKING;

/** Says so where a stream of the directory that an answer leans on cannot be read, and why. */
export function directoryNotices(
  { streams }: Coverage,
  question: Pick<Question, 'by' | 'filters'>,
): Notice[] {
  const used = [...question.by, ...question.filters.map(({ dimension }) => dimension)];
  return streams.flatMap(({ stream, state, reason }): Notice[] => {
    const { lacks, only } = lacking[stream] ?? {};
    const broken = state === 'error' || state === 'disabled';
    if (!lacks || !broken || (only && !used.includes(only))) return [];
    return [{ severity: 'warning', text: `${stream} may lack ${lacks}: ${reason ?? state}` }];
  });
}
