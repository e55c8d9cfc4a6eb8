import type { Value } from '../sql/statement.ts';
import { type Group, keyOfGroup } from './collect.ts';
import type { QueryContext } from './context.ts';
import { type Asked, rowGroups } from './groups.ts';
import type { Load, LoadMetric } from './metrics/metric.ts';
import { onCallMetrics } from './metrics/on-call.ts';

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
    rowGroups(metric.interruptions, parts, asked, context),
    rowGroups(onCallMetrics.on_call_hours, parts, asked, context),
  ]);
  const groups = new Map<string, { ids: Value[]; parts: Map<string, Part> }>();
  const add = (kind: keyof Part) => (figures: Group) => {
    const ids = figures.ids.slice(0, by.length);
    const key = keyOfGroup(ids);
    const group = groups.get(key) ?? { ids, parts: new Map() };
    group.parts.set(figures.key, { ...group.parts.get(figures.key), [kind]: figures });
    groups.set(key, group);
  };
  interruptions.forEach(add('interruptions'));
  hours.forEach(add('hours'));
  return [...groups].map(([key, { ids, parts }]) => ({
    key,
    ids,
    figures: asked.buckets.list.map((_, index) =>
      metric.figure([...parts.values()].map((part) => loadIn(part, index))),
    ),
  }));
}

function loadIn({ interruptions, hours }: Part, index: number): Load {
  return { interruptions: interruptions?.figures[index] ?? 0, hours: hours?.figures[index] ?? 0 };
}
