import type { Collected } from './dashboards.ts';

type Query = Collected['query'];

/** Questions that the values of one page may leave without a row, with why. */
const MAY_BE_EMPTY: [why: string, isIt: (query: Query) => boolean][] = [
  ['a team may have no budget, or none by shift', ({ queryType }) => queryType === 'budget'],
  ['a service may have no SLO', ({ queryType }) => queryType === 'slo'],
  ['nobody chosen may be on call, or somebody always is', ({ queryType }) => queryType === 'on_call'],
  ['incidents may have come one by one', ({ queryType }) => queryType === 'episodes'],
  [
    'somebody may be paged without being on call at level 1',
    ({ metric }) => metric === 'on_call_hours' || metric === 'interruptions_per_100_hours',
  ],
  ['an alert may not flap', ({ metric }) => metric === 'flapping_incidents'],
  ['the page may be older than a day', ({ queryType }) => queryType === 'pages'],
  [
    'nothing may be open',
    ({ queryType, filters = [] }) =>
      queryType === 'incidents' && filters.some(({ dimension }) => dimension === 'status'),
  ],
];

/** Why a question may have no row where one value is chosen in every variable; undefined where it must have some. */
export function mayBeEmpty(query: Query): string | undefined {
  return MAY_BE_EMPTY.find(([, isIt]) => isIt(query))?.[0];
}
