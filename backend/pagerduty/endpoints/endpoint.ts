import type { z } from 'zod';
import type { Parameters } from '../exchange.ts';
import type { Listing } from '../pages.ts';
import type { ReadContext, Reading } from './reading.ts';

/** One endpoint of PagerDuty's as data: where its rows are, who may read them, and what of them is kept. */
export interface Endpoint extends Listing {
  /** OAuth scope that reading it takes (api-schema, x-pd-requires-scope). */
  scope: string;
  /** Ability of the plan without which it answers 402. */
  ability: string | null;
  parameters: Parameters;
  /** Turns a row into rows of the store; `position` counts the rows of the list from 0. Null for a row without what makes it one. */
  parse(raw: unknown, context: ReadContext, position: number): Partial<Reading> | null;
}

/** What an endpoint's own file says. */
export interface Definition<Item> extends Listing {
  scope: string;
  ability?: string;
  parameters?: Parameters;
  item: z.ZodType<Item>;
  read(item: Item, context: ReadContext, position: number): Partial<Reading>;
}

/** Makes an endpoint of its definition; unknown fields of a row are dropped. */
export function endpoint<Item>(definition: Definition<Item>): Endpoint {
  const { path, list, scope, ability = null, parameters = [], item, read } = definition;
  return {
    path,
    list,
    scope,
    ability,
    parameters,
    parse(raw, context, position) {
      const result = item.safeParse(raw);
      return result.success ? read(result.data, context, position) : null;
    },
  };
}
