import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { z } from 'zod';
import { messageOf } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { type AlertBudget, alertBudgetDocument } from './alert-budget.ts';
import { type Document, type Fault, faultOf, faultsOf } from './document.ts';
import { type Slo, sliDocument, sloDocument } from './openslo.ts';

/** What a folder of budget files says; what has a fault is left out and named in `faults`. */
export interface Plans {
  budgets: AlertBudget[];
  slos: Slo[];
  faults: Fault[];
}

const KINDS = {
  AlertBudget: alertBudgetDocument,
  SLO: sloDocument,
  SLI: sliDocument,
} as const satisfies Record<string, z.ZodType>;

const { compare: inOrder } = new Intl.Collator('en', { numeric: true });

type Kind = keyof typeof KINDS;

/** A valid document with what was read from it. */
interface Reading<K extends Kind> {
  document: Document;
  value: z.output<(typeof KINDS)[K]>;
}

/** Reads every *.yaml and *.yml file of a folder: AlertBudget, and OpenSLO's SLO and SLI, several documents per file. */
export function readPlans(folder: string): Plans {
  const faults: Fault[] = [];
  const documents = filesOf(folder, faults).flatMap((file) => documentsOf(folder, file, faults));
  const known = documents.filter((document) => isKnown(document, faults));
  const slis = new Map(read('SLI', known, faults).map(({ value }) => [value.name, value.services]));
  return {
    budgets: read('AlertBudget', known, faults).map(({ value }) => value),
    slos: read('SLO', known, faults).flatMap((reading) => resolve(reading, slis, faults)),
    faults: faults.sort((a, b) => inOrder(a.file, b.file) || inOrder(a.message, b.message)),
  };
}

/** The names of the folder's YAML files in order. */
export function filesOf(folder: string, faults: Fault[]): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => /\.ya?ml$/.test(file))
      .sort();
  } catch (error) {
    faults.push({
      file: folder,
      message: `create this folder, or name another with budgets in pagebudget.yaml: ${messageOf(error)}`,
    });
    return [];
  }
}

function documentsOf(folder: string, file: string, faults: Fault[]): Document[] {
  try {
    const parsed = parseAllDocuments(readFileSync(join(folder, file), 'utf8'));
    return [...parsed].flatMap((yaml, index) => {
      const document = { file, number: index + 1, content: null as unknown };
      const [error] = yaml.errors;
      if (error) faults.push(faultOf(document, `is not YAML: ${error.message.split('\n')[0]}`));
      else document.content = yaml.toJS();
      return document.content === null ? [] : [document];
    });
  } catch (error) {
    faults.push({ file, message: `cannot be read: ${messageOf(error)}` });
    return [];
  }
}

function kindOf({ content }: Document): unknown {
  return typeof content === 'object' && content !== null ? Reflect.get(content, 'kind') : undefined;
}

function isKnown(document: Document, faults: Fault[]): boolean {
  const kind = kindOf(document);
  const kinds = Object.keys(KINDS);
  if (kinds.some((known) => known === kind)) return true;
  faults.push(
    faultOf(
      document,
      typeof kind === 'string'
        ? `kind ${kind} is not read: did you mean ${nearest(kind, kinds).join(', ')}?`
        : `kind is missing: it must be one of ${kinds.join(', ')}`,
    ),
  );
  return false;
}

/** The valid documents of a kind; of one name the first counts. */
function read<K extends Kind>(kind: K, documents: Document[], faults: Fault[]): Reading<K>[] {
  const taken = new Map<string, Document>();
  return documents.flatMap((document) => {
    if (kindOf(document) !== kind) return [];
    const result = KINDS[kind].safeParse(document.content);
    if (!result.success) {
      faults.push(...faultsOf(document, result.error));
      return [];
    }
    const { name } = result.data;
    const first = taken.get(name);
    if (first) {
      const place = `${first.file}, document ${first.number}`;
      faults.push(
        faultOf(document, `metadata.name ${name} is taken by the ${kind} of ${place}: choose another`),
      );
      return [];
    }
    taken.set(name, document);
    return [{ document, value: result.data as Reading<K>['value'] }];
  });
}

function resolve({ document, value }: Reading<'SLO'>, slis: Map<string, string[]>, faults: Fault[]): Slo[] {
  const { slo, indicatorRef } = value;
  if (indicatorRef === null) return [slo];
  const services = slis.get(indicatorRef);
  if (services) return [{ ...slo, services }];
  const near = nearest(indicatorRef, slis.keys());
  const hint = near.length > 0 ? `did you mean ${near.join(', ')}?` : 'add an SLI document of that name';
  faults.push(faultOf(document, `spec.indicatorRef ${indicatorRef} is no valid SLI of this folder: ${hint}`));
  return [];
}
