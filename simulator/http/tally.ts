/** How often an endpoint was asked, and how often each status, or `broken` for none, was the answer. */
export interface Asked {
  asked: number;
  answers: Record<string, number>;
}

/** Counts requests by endpoint. */
export interface Tally {
  asked(endpoint: string): void;
  answered(endpoint: string, answer: number | 'broken'): void;
  read(): Record<string, Asked>;
  clear(): void;
}

/** Makes a tally in which nothing is counted yet. */
export function makeTally(): Tally {
  const counts = new Map<string, Asked>();
  const of = (endpoint: string) => {
    const known = counts.get(endpoint) ?? { asked: 0, answers: {} };
    counts.set(endpoint, known);
    return known;
  };
  return {
    asked(endpoint) {
      of(endpoint).asked += 1;
    },
    answered(endpoint, answer) {
      const { answers } = of(endpoint);
      answers[answer] = (answers[answer] ?? 0) + 1;
    },
    read: () => structuredClone(Object.fromEntries(counts)),
    clear: () => counts.clear(),
  };
}
