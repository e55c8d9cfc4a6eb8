import type { CatalogueField, Query } from '../../contract.ts';
import type { QueryContext } from '../context.ts';
import type { Answer } from '../frame.ts';
import type { Question } from '../question.ts';

/** One kind of question: how the editor offers it and how it is answered. */
export interface QueryType {
  title: string;
  description: string;
  /** The inputs that the editor draws. */
  fields: readonly CatalogueField[];
  /** A query of this type that draws something useful. */
  example: Partial<Query>;
  /** True of a question whose rows are each about one person: only those of people whom the viewer may see are read. */
  perPerson?: (question: Question) => boolean;
  answer(question: Question, context: QueryContext): Promise<Answer>;
}
