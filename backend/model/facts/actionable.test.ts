import { describe, expect, it } from 'vitest';
import { actionableOf } from './actionable.ts';
import { ANNA, sampleEntry, sampleIncident } from './testing/samples.ts';

const verdict = (auto: boolean, ...entries: ReturnType<typeof sampleEntry>[]) =>
  actionableOf(sampleIncident(), entries, auto);
const note = (seconds: number, text: string, id = `N${seconds}`) =>
  sampleEntry('annotate', seconds, { ...ANNA, note: text, id });

describe('without a label', () => {
  it.each([
    'resolve',
    'escalate',
    'reassign',
    'delegate',
    'assign',
    'annotate',
    'priority_change',
    'responder_request',
    'responder_request_for_escalation_policy',
  ])('an incident on which a user did %s asked for action', (type) => {
    expect(verdict(false, sampleEntry(type, 5, ANNA))).toBe('yes');
    expect(verdict(false, sampleEntry(type, 5))).toBe('unknown');
  });

  it('one that resolved itself under no more than acknowledging and snoozing did not', () => {
    const idle = [
      sampleEntry('notify', 1, ANNA),
      sampleEntry('acknowledge', 2, ANNA),
      sampleEntry('snooze', 3, ANNA),
    ];
    expect(verdict(true, ...idle)).toBe('no');
    expect(verdict(false, ...idle)).toBe('unknown');
    expect(verdict(true, ...idle, sampleEntry('trigger', 4, ANNA))).toBe('unknown');
  });

  it('a merged source is unknown, whatever was done with it', () => {
    const merged = sampleIncident({ merged: true });
    expect(actionableOf(merged, [sampleEntry('resolve', 5, ANNA)], false)).toBe('unknown');
    expect(actionableOf(merged, [note(5, '#threshold')], false)).toBe('no');
  });
});

describe('labels in notes', () => {
  it.each([
    ['#service-issue', 'yes'],
    ['#service-issue-wrong-time', 'yes'],
    ['#visibility-issue', 'yes'],
    ['#wrong-time', 'no'],
    ['#known-work-downtime-expired', 'no'],
    ['#known-work-downtime-not-set', 'no'],
    ['Too low, #Threshold.', 'no'],
    ['#check-faulty', 'no'],
    ['#duplicate', 'unknown'],
    ['see https://wiki/page#threshold', 'yes'],
    ['#thresholds', 'yes'],
    ['#1234 #threshold #service-issue', 'no'],
  ])('%s means %s', (text, expected) => {
    expect(verdict(false, note(1, text))).toBe(expected);
  });

  it('the latest one wins, of one second the first, and notes of machines do not count', () => {
    expect(verdict(false, note(1, '#threshold'), note(2, '#service-issue'))).toBe('yes');
    expect(verdict(false, note(1, '#threshold', 'A'), note(1, '#service-issue', 'B'))).toBe('no');
    expect(verdict(false, note(1, '#threshold'), note(2, 'nothing new'))).toBe('no');
    expect(verdict(false, sampleEntry('annotate', 1, { note: '#threshold' }))).toBe('unknown');
  });
});
