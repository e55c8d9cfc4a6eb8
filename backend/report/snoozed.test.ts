import { expect, it } from 'vitest';
import { snoozedAt } from './snoozed.ts';

const entry = (incident_id: string, type: string, time: number, duration: number | null = null) => ({
  incident_id,
  type: `${type}_log_entry`,
  time,
  duration,
});

it('an incident is snoozed until the snooze is over or something ends it', () => {
  const snoozed = snoozedAt(
    [
      entry('goes on', 'snooze', 1000, 60),
      entry('goes on', 'notify', 2000),
      entry('over', 'snooze', 1000, 1),
      entry('acknowledged', 'acknowledge', 5000),
      entry('acknowledged', 'snooze', 1000, 60),
      entry('again', 'snooze', 1000, 60),
      entry('again', 'unacknowledge', 2000),
      entry('again', 'snooze', 3000, 60),
      entry('later', 'snooze', 20_000, 60),
    ],
    10_000,
  );
  expect([...snoozed]).toEqual([
    ['goes on', 61_000],
    ['again', 63_000],
  ]);
});
