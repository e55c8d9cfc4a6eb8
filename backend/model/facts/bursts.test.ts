import { expect, it } from 'vitest';
import { byTimeThenIncident, interruptionsOf } from './bursts.ts';

const firsts = (times: readonly number[], window = 300) => {
  const pages = times.map((time) => ({ time, incident_id: `Q${time}` }));
  return [...interruptionsOf(pages, window)].map((page) => page.time);
};

it('begins a burst with a page more than the window after the first page of the one before', () => {
  expect(firsts([200, 450, 700, 950])).toEqual([200, 700]);
});

it('changes the rest of a chain for a late page before it', () => {
  expect(firsts([0, 200, 450, 700, 950])).toEqual([0, 450, 950]);
});

it('counts a page exactly one window later to the burst', () => {
  expect(firsts([0, 300, 301])).toEqual([0, 301]);
});

it('attributes a burst of one second to the incident whose id sorts first as text', () => {
  const pages = ['Q9', 'Q10', 'QA'].map((incident_id) => ({ time: 5, incident_id })).sort(byTimeThenIncident);
  expect([...interruptionsOf(pages, 300)]).toEqual([{ time: 5, incident_id: 'Q10' }]);
});

it('makes every instant a burst of its own with a window of 0', () => {
  expect(firsts([0, 1, 2], 0)).toEqual([0, 1, 2]);
});
