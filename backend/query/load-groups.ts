import type { Value } from '../sql/statement.ts';
import type { QueryContext } from './context.ts';
import { type Asked, type Group, rowGroups } from './groups.ts';
import type { Load, LoadMetric } from './metrics/metric.ts';
import { onCallMetrics } from './metrics/on-call.ts';
import { peopleMetrics } from './metrics/people.ts';

/** The figures of one person (or one whole group) that a load is made of. */
interface Part {
  interruptions?: Group;
  hours?: Group;
}

/** A load metric's figures by dimension values and bucket: interruptions and on-call hours of the same group, put together. */
export async function loadGroups(metric: LoadMetric, asked: Asked, context: QueryContext): Promise<Group[]> {
  const { by } = asked.question;
  const parts = metric.each === 'person' ? [...by, 'user'] : by;
  const [interruptions, hours] = await Promise.all([
    rowGroups(peopleMetrics.interruptions, parts, asked, context),
    rowGroups(onCallMetrics.on_call_hours, parts, asked, context),
  ]);
  const groups = new Map<string, { ids: Value[]; parts: Map<string, Part> }>();
  const add = (kind: keyof Part) => (figures: Group) => {
    const ids = figures.ids.slice(0, by.length);
    const group = groups.get(JSON.stringify(ids)) ?? { ids, parts: new Map() };
    const person = JSON.stringify(figures.ids);
    group.parts.set(person, { ...group.parts.get(person), [kind]: figures });
    groups.set(JSON.stringify(ids), group);
  };
  interruptions.forEach(add('interruptions'));
  hours.forEach(add('hours'));
  return [...groups.values()].map(({ ids, parts }) => ({
    ids,
    figures: asked.buckets.list.map((_, index) =>
      metric.figure([...parts.values()].map((part) => loadIn(part, index))),
    ),
  }));
}

function loadIn({ interruptions, hours }: Part, index: number): Load {
  return { interruptions: interruptions?.figures[index] ?? 0, hours: hours?.figures[index] ?? 0 };
}
