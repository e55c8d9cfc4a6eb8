import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../backend/query/catalogue.ts';
import { metricsDocument } from './metrics-document.ts';

writeFileSync(join(import.meta.dirname, '../docs/metrics.md'), metricsDocument(catalogue()));
