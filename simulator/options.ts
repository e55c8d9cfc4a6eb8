import { parseArgs } from 'node:util';
import { SIZES, type Size } from './model/read.ts';
import type { SimulatorOptions } from './server.ts';

/** How the command is called. */
export const USAGE = `node simulator/main.ts [--seed 1] [--size ${SIZES.join('|')} | --account FILE] \
[--until 2026-11-16T00:00:00Z] [--port 4010] [--host 127.0.0.1] [--token simulated] [--live [--live-rate 2]] \
[--fault server_error='{"share":0.1}' ...] [--set rateLimit=100000 ...]`;

/** Reads the command line; throws an Error that says what would be right. */
export function readOptions(args: string[]): SimulatorOptions {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: '1' },
      size: { type: 'string', default: 'small' },
      account: { type: 'string' },
      until: { type: 'string', default: new Date().toISOString() },
      port: { type: 'string', default: '4010' },
      host: { type: 'string', default: '127.0.0.1' },
      token: { type: 'string', default: 'simulated' },
      live: { type: 'boolean', default: false },
      'live-rate': { type: 'string' },
      fault: { type: 'string', multiple: true, default: [] },
      set: { type: 'string', multiple: true, default: [] },
    },
  });
  if (Number.isNaN(Date.parse(values.until))) {
    throw new Error(`--until must be an ISO 8601 time such as 2026-11-16T00:00:00Z, not "${values.until}".`);
  }
  const { account, 'live-rate': rate, fault, set, ...rest } = values;
  return {
    ...rest,
    seed: wholeNumber('seed', values.seed),
    port: wholeNumber('port', values.port),
    size: sizeOf(values.size),
    ...(account !== undefined && { account }),
    ...(rate !== undefined && { liveRate: rateOf(rate) }),
    changes: changesOf(fault, set),
  };
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} must be a whole number, not "${text}".`);
  return Number(text);
}

function rateOf(text: string): number {
  const rate = Number(text);
  if (text !== '' && rate >= 0 && rate <= 100) return rate;
  throw new Error(`--live-rate must be incidents per minute, 0 to 100, not "${text}".`);
}

function sizeOf(text: string): Size {
  const size = SIZES.find((name) => name === text);
  if (size) return size;
  throw new Error(`There is no size "${text}"; sizes are ${SIZES.join(', ')}.`);
}

/** What is set from the beginning, as POST /_control takes it. */
function changesOf(faults: readonly string[], settings: readonly string[]): object {
  const set = settings.map((text) => {
    const { name, value } = assigned('set', text);
    return [name, value];
  });
  return { faults: faults.map(faultOf), ...Object.fromEntries(set) };
}

function faultOf(text: string): object {
  const { name, value = {} } = assigned('fault', text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(
      `--fault ${name}= must be followed by an object such as {"share":0.1}, not ${JSON.stringify(value)}.`,
    );
  }
  return { fault: name, ...value };
}

/** A name and the JSON behind its equals sign. */
function assigned(option: string, text: string): { name: string; value?: unknown } {
  const [name = '', ...rest] = text.split('=');
  if (rest.length === 0) return { name };
  try {
    return { name, value: JSON.parse(rest.join('=')) };
  } catch {
    throw new Error(`--${option} ${name}= must be followed by JSON, not "${rest.join('=')}".`);
  }
}
