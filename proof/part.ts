/** What came of a proof: whether it holds, and the figures in words; a line that begins with two spaces is a detail. */
export interface Verdict {
  holds: boolean;
  lines: string[];
}

/** The settings of a part by name, as texts; every name of `Part.options` is there. */
export type Options = Readonly<Record<string, string>>;

/** One of the long proofs, which can be run alone. */
export interface Part {
  /** What is proved, as a sentence. */
  title: string;
  /** What can be set on the command line, with the usual values. */
  options: Options;
  /** Proves it; `folder` takes its files. Throws where it cannot be brought to an end. */
  prove(options: Options, folder: string): Promise<Verdict>;
}

/** Reads an option that is a whole number; throws on anything else. */
export function wholeOf(options: Options, name: string): number {
  const text = options[name] ?? '';
  if (!/^\d+$/.test(text)) throw new Error(`--${name} must be a whole number, not "${text}".`);
  return Number(text);
}

/** Figures with their names, largest tables of a store for example: `3068 incident, 24524 log_entry`. */
export function counted(figures: Readonly<Record<string, number>>): string {
  return Object.entries(figures)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}
