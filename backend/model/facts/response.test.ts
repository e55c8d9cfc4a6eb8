import { describe, expect, it } from 'vitest';
import { responseOf } from './response.ts';
import { ANNA, CREATED, sampleEntry, sampleIncident } from './testing/samples.ts';

const TRANSIENT_UNDER = 300;
const response = (
  given: Parameters<typeof sampleIncident>[0],
  ...entries: ReturnType<typeof sampleEntry>[]
) => responseOf(sampleIncident(given), entries, TRANSIENT_UNDER);

describe('time to acknowledge', () => {
  it('runs to the first acknowledge by a user, whatever the type is called', () => {
    const acks = [
      sampleEntry('acknowledge', 10),
      sampleEntry('acknowledge', 15, { ...ANNA, agent_type: 'bot_user_reference' }),
      sampleEntry('acknowledgement', 20, ANNA),
      sampleEntry('acknowledge', 30, { ...ANNA, agent_type: 'user' }),
    ];
    expect(response({}, ...acks).time_to_acknowledge).toBe(20);
  });

  it('is null without one; resolving, escalating and reassigning acknowledge nothing', () => {
    const others = ['resolve', 'escalate', 'reassign'].map((type, i) => sampleEntry(type, i, ANNA));
    expect(response({}, ...others).time_to_acknowledge).toBeNull();
    expect(response({}, sampleEntry('acknowledge', 1, { agent_type: null })).time_to_acknowledge).toBeNull();
  });
});

describe('time to resolve', () => {
  it('is there only while the incident is resolved, and not for a merged source', () => {
    expect(response({}).time_to_resolve).toBe(3600);
    expect(response({ status: 'triggered', resolved_at: null }).time_to_resolve).toBeNull();
    expect(response({ status: 'acknowledged' }).time_to_resolve).toBeNull();
    expect(response({ merged: true }).time_to_resolve).toBeNull();
  });
});

describe('resolved by', () => {
  it.each([
    [{ ...ANNA, channel_type: 'timeout' }, 'user', false],
    [{ channel_type: 'timeout' }, 'timeout', true],
    [{ channel_type: 'api' }, 'integration', true],
    [{ agent_type: null, channel_type: null }, 'integration', true],
  ])('reads the agent and channel of the last resolve (%j)', (given, by, auto) => {
    const answer = response({}, sampleEntry('resolve', 1, ANNA), sampleEntry('resolve', 9, given));
    expect(answer).toMatchObject({ resolved_by: by, auto_resolved: auto });
  });

  it('is null for an open incident and without an entry', () => {
    expect(response({ status: 'triggered' }, sampleEntry('resolve', 1)).resolved_by).toBeNull();
    expect(response({}).resolved_by).toBeNull();
  });
});

describe('transient', () => {
  const openFor = (seconds: number) => ({ resolved_at: CREATED + seconds * 1000 });
  const resolve = sampleEntry('resolve', 299);

  it('is an incident that resolved itself in under five minutes', () => {
    expect(response(openFor(299), resolve).transient).toBe(true);
    expect(response(openFor(300), resolve).transient).toBe(false);
  });

  it('is none that somebody acknowledged or resolved, and no merged source', () => {
    expect(response(openFor(299), sampleEntry('acknowledge', 5, ANNA), resolve).transient).toBe(false);
    expect(response(openFor(299), sampleEntry('resolve', 299, ANNA)).transient).toBe(false);
    expect(response({ ...openFor(299), merged: true }, resolve)).toMatchObject({
      transient: false,
      auto_resolved: false,
    });
  });
});

it('counts all escalations, and as reassignments those by a user after creation', () => {
  const answer = response(
    {},
    sampleEntry('assign', 0, ANNA),
    sampleEntry('assign', 1),
    sampleEntry('assign', 2, ANNA),
    sampleEntry('reassign', 3, ANNA),
    sampleEntry('delegate', 4, ANNA),
    sampleEntry('escalate', 5),
    sampleEntry('escalate', 6, ANNA),
  );
  expect(answer).toMatchObject({ escalations: 2, reassignments: 3 });
});
