import type { Part } from '../part.ts';
import { FAULT_MATRIX } from './faults.ts';
import { FUZZ } from './fuzz.ts';
import { KILLS } from './kills.ts';
import { LIVE } from './live.ts';
import { ORACLE, ORACLE_MEDIUM } from './oracle.ts';
import { STORM } from './storm.ts';

/** All long proofs by the name that the command line knows them by, in the order of the report. */
export const PARTS: Readonly<Record<string, Part>> = {
  oracle: ORACLE,
  'oracle-medium': ORACLE_MEDIUM,
  kills: KILLS,
  storm: STORM,
  faults: FAULT_MATRIX,
  live: LIVE,
  fuzz: FUZZ,
};
