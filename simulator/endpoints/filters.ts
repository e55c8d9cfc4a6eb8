import { peopleOf } from '../answers/schedule.ts';
import type { Question } from '../http/question.ts';
import type { Policy, Team, Thing } from '../organisation/things.ts';

/** True if one of the teams is among those asked for, or none is. */
export function inTeams(own: readonly Team[], question: Question): boolean {
  const asked = question.list('team_ids');
  return asked.length === 0 || own.some(({ id }) => asked.includes(id));
}

/** True if the name, or another text, holds what `query` asks for. */
export function named({ name }: Thing, question: Question, other = ''): boolean {
  const wanted = (question.text('query') ?? '').toLowerCase();
  return [name, other].some((text) => text.toLowerCase().includes(wanted));
}

/** True if the name is the one that `name` asks for, or none is. */
export function exactly({ name }: Thing, question: Question): boolean {
  const wanted = question.text('name');
  return wanted === null || wanted === name;
}

/** True if a policy reaches one of the people asked for, or none is. */
export function reaches({ rules }: Policy, question: Question): boolean {
  const asked = question.list('user_ids');
  const reached = rules.flatMap(({ targets }) =>
    targets.flatMap((target) => (target.kind === 'user' ? [target] : peopleOf(target))),
  );
  return asked.length === 0 || reached.some(({ id }) => asked.includes(id));
}
