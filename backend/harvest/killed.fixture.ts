import { openStore } from '../store/open.ts';
import type { Store, Writer } from '../store/store.ts';
import { configOf, harvestOf } from './harvest.fixture.ts';
import { BEGIN } from './tiny-account.fixture.ts';

/** A harvest as a process of its own, which says on standard output what it is about to do, so that it can be killed there. */
const [url = '', path = ''] = process.argv.slice(2);
const say = (moment: string) => process.stdout.write(`${moment}\n`);

const plain = await openStore(`duckdb:${path}`);
const store: Store = {
  ...plain,
  get version() {
    return plain.version;
  },
  async transact(work) {
    const result = await plain.transact(async (writer) => {
      say('transaction');
      const done = await work(talkative(writer));
      say('written');
      return done;
    });
    say('committed');
    return result;
  },
};

const harvest = harvestOf(store, configOf(url, { since: { at: BEGIN } }));
await harvest.start();
const asking = setInterval(() => {
  const { state, streams } = harvest.status();
  const ahead = streams.find((stream) => stream.stream === 'on_call')?.to;
  if (state === 'harvesting' || state === 'starting' || !ahead || harvest.harvestedUntil() === null) return;
  clearInterval(asking);
  void harvest.stop().then(async () => {
    await store.close();
    say('finished');
  });
}, 20);

function talkative(writer: Writer): Writer {
  return {
    ...writer,
    async put(table, rows) {
      await writer.put(table, rows);
      if (rows.length > 0) say(table === 'page' ? 'facts' : 'rows');
    },
  };
}
