import { fill } from '../../backend/query/testing/rows.ts';
import { openStore } from '../../backend/store/open.ts';
import { onEngines } from '../engines.ts';
import { fuzz } from '../fuzz/fuzz.ts';
import { type Part, type Verdict, wholeOf } from '../part.ts';

/** Random queries and bytes, half of them on each engine. */
export const FUZZ: Part = {
  title:
    'Random queries, whole ones and bytes, crash nothing, are answered with no 5xx and within bounds, and bring no SQL of their own',
  options: { queries: '1000000', seed: '1' },
  prove: (options) =>
    onEngines(async (urls) => {
      const verdict: Verdict = { holds: true, lines: [] };
      for (const url of urls) {
        const store = await openStore(url);
        await fill(store);
        const count = Math.ceil(wholeOf(options, 'queries') / urls.length);
        const { asked, answered, faults } = await fuzz(store, count, wholeOf(options, 'seed'));
        const { engine } = store;
        await store.close();
        verdict.holds &&= faults.length === 0 && asked >= count;
        verdict.lines.push(
          `${engine}: ${asked} asked, ${answered} of them answered, the others refused with what to do; ${faults.length} faults`,
          ...faults.map((fault) => `  ${fault}`),
        );
      }
      return verdict;
    }),
};
