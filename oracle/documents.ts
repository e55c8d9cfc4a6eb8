import type { AlertBudget } from './budgets.ts';
import type { SloDocument } from './slos.ts';

/** What a folder of budget files asks for, in the one form that the oracle works with. */
export interface Documents {
  budgets: AlertBudget[];
  slos: SloDocument[];
}

interface Parsed {
  kind: string;
  metadata: { name: string };
  spec: Record<string, unknown>;
}

type SloFile = Omit<SloDocument['spec'], 'objectives'> & {
  indicatorRef?: string;
  objectives: { target?: number; targetPercent?: number }[];
};

type Indicator = SloDocument['spec']['indicator']['spec'];

/** What a shift may use where its budget does not say (Google's cap). */
const SHIFT_ALLOWED = 2;

function listOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

function budgetOf({ metadata, spec }: Parsed): AlertBudget {
  const select = Object.entries((spec.select ?? {}) as Record<string, unknown>);
  return {
    metadata,
    spec: {
      allowed: SHIFT_ALLOWED,
      ...(spec as Partial<AlertBudget['spec']>),
      select: Object.fromEntries(select.map(([kind, wanted]) => [kind, listOf(wanted)])),
    },
  };
}

function sloOf({ metadata, spec }: Parsed, indicators: Map<string, Indicator>): SloDocument {
  const document = spec as unknown as SloFile;
  const indicator = indicators.get(document.indicatorRef ?? '');
  return {
    metadata,
    spec: {
      ...document,
      ...(indicator && { indicator: { spec: indicator } }),
      objectives: document.objectives.map(({ target, targetPercent }) => ({
        target: target ?? (targetPercent ?? Number.NaN) / 100,
      })),
    },
  };
}

/** Reads parsed YAML documents: a single value of a selection is a list of one, an SLO's indicator may be a document of its own, its target a percentage. */
export function readDocuments(documents: unknown[]): Documents {
  const parsed = documents as Parsed[];
  const of = (kind: string) => parsed.filter((document) => document.kind === kind);
  const indicators = new Map(
    of('SLI').map(({ metadata, spec }) => [metadata.name, spec as unknown as Indicator]),
  );
  return {
    budgets: of('AlertBudget').map(budgetOf),
    slos: of('SLO').map((document) => sloOf(document, indicators)),
  };
}
