import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStages, ready, rowsOf, type Stage, until } from '../harvest/harvest.fixture.ts';
import {
  BEGIN,
  entry,
  incident,
  notify,
  ref,
  type TinyAccount,
  thing,
  tinyAccount,
} from '../harvest/tiny-account.fixture.ts';
import { TABLES, type TableName } from '../model/index.ts';
import { METRICS } from '../query/metrics/index.ts';
import { ask } from '../query/testing/account.ts';
import { name, sql } from '../sql/statement.ts';
import type { Reader, Store } from '../store/store.ts';
import { forget } from './forget.ts';

const stages = createStages();
let account: TinyAccount;
let stage: Stage;
let store: Store;

const ANN = { name: 'Ann Erased', summary: 'Ann Erased', email: 'Ann.Erased@example.com' };
const note = (id: string, minutes: number, incidentId: string, summary: string) =>
  entry(id, 'annotate', minutes, incidentId, {
    agent: ref('user', 'U1', ANN.name),
    channel: { type: 'note', summary },
  });

beforeEach(async () => {
  account = tinyAccount(6);
  account.lists.users = [
    thing('user', 'U1', { ...ANN, time_zone: 'Asia/Kathmandu' }),
    thing('user', 'U2', { email: 'u2@example.com' }),
  ];
  account.lists.log_entries?.push(
    note('L1n', 65, 'Q1', 'Ann Erased says: tune this #threshold, call Bob'),
    entry('L1k', 'acknowledge', 62, 'Q1', { agent: ref('user', 'U1', ANN.name) }),
  );
  stage = await stages.begin(account);
  store = stage.store;
  await until(ready(stage.harvest));
});
afterEach(() => stages.clear());

/** Everything that the store's tables hold, as one text. */
async function allText(reader: Reader): Promise<string> {
  const rows = await Promise.all(
    (Object.keys(TABLES) as TableName[]).map((table) => reader.read(sql`SELECT * FROM ${name(table)}`)),
  );
  return JSON.stringify(rows);
}

/** Every metric over the account's time, alone and by person, without the persons' names. */
async function figures(): Promise<string[]> {
  const range = { from: new Date(BEGIN).toISOString(), to: new Date(BEGIN + 5 * 86_400_000).toISOString() };
  const answers: string[] = [];
  for (const metric of Object.keys(METRICS)) {
    for (const by of [[], ['user']]) {
      const { frames, error = '' } = await ask(store, {
        queryType: 'metric',
        metric,
        by,
        range,
        format: 'table',
      });
      const values = frames[0]?.data.values ?? [];
      const figures = values.at(-1) ?? [];
      answers.push(`${metric} by ${by}: ${[...figures].sort()}${error}`);
    }
  }
  return answers;
}

async function harvestAgain(): Promise<void> {
  await stage.harvest.stop();
  account.now += 3_600_000;
  const later = 10 * 1440 + 30;
  account.lists.incidents?.push(incident(9, later));
  account.lists.log_entries?.push(
    note('L9n', later + 1, 'Q9', 'Ann Erased was here #check-faulty'),
    notify('L9p', later + 2, 'Q9', 'U1'),
  );
  const harvest = await stages.again(stage);
  await until(async () => (await rowsOf(store, 'log_entry')).some((row) => row.id === 'L9p'));
  await until(ready(harvest));
  await harvest.stop();
}

describe('a person who is forgotten', () => {
  it.each(['U1', 'ann.erased@EXAMPLE.com', 'ann erased'])('is named by %s', async (who) => {
    expect(await forget(store, who)).toMatchObject({ standIn: { name: 'forgotten person 1' }, mentions: {} });
    expect((await rowsOf(store, 'user')).map((row) => row.id)).toEqual(['U2', 'forgotten-1']);
  });

  it('leaves every figure as it was and no trace of name, e-mail or id, also when read again', async () => {
    const before = await figures();
    const [ann] = await rowsOf(store, 'user');
    const traces = [/Erased/i, /"U1"/, /\|U1\|/, new RegExp(String(ann?.email_hash)), /call Bob/];
    const found = async () => {
      const text = await allText(store);
      return traces.filter((trace) => trace.test(text));
    };
    expect(await found()).toEqual(traces);

    const { rows } = await forget(store, 'U1');
    expect(rows).toBeGreaterThan(8);
    expect(await figures()).toEqual(before);
    expect(await found()).toEqual([]);

    await harvestAgain();
    expect(await found()).toEqual([]);
    expect(await figures()).toEqual(before);
    const notes = (await rowsOf(store, 'log_entry')).filter((row) => row.note);
    expect(notes.map((row) => row.note)).toEqual(['#threshold', '#check-faulty']);
    expect(await rowsOf(store, 'user')).toMatchObject([
      { id: 'U2' },
      { id: 'forgotten-1', name: 'forgotten person 1', url: null, email_hash: null, listed: true },
    ]);
    expect(await rowsOf(store, 'user_zone')).toContainEqual(
      expect.objectContaining({ user_id: 'forgotten-1', time_zone: 'Asia/Kathmandu' }),
    );
    expect(await rowsOf(store, 'team_member')).toEqual([{ team_id: 'T1', user_id: 'forgotten-1' }]);
  });

  it('is counted as nobody else, the next one neither', async () => {
    await forget(store, 'U1');
    expect((await forget(store, 'U2')).standIn.name).toBe('forgotten person 2');
    expect((await rowsOf(store, 'user')).map((row) => row.id)).toEqual(['forgotten-1', 'forgotten-2']);
    await expect(forget(store, 'U1')).rejects.toThrow(/forgotten already: forgotten person 1/);
  });
});

it('says where the name still stands in texts of others', async () => {
  await store.transact((writer) =>
    writer.put('team', [{ id: 'T9', name: "ann erased's team", url: null, listed: true, deleted_at: null }]),
  );
  expect((await forget(store, 'U1')).mentions).toEqual({ 'names of teams': 1 });
});

it('asks for an id where several people are meant, and names the nearest where nobody is', async () => {
  await store.transact((writer) =>
    writer.put('user', [
      { id: 'U3', name: 'Ann Erased', url: null, email_hash: null, listed: true, deleted_at: null },
    ]),
  );
  await expect(forget(store, 'Ann Erased')).rejects.toThrow(/Several people.*U1, U3/);
  await expect(forget(store, 'Ann Erasd')).rejects.toThrow(/Nobody has.*did you mean Ann Erased/);
});
