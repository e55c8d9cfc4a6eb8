/** One stage of a Dockerfile: what it starts from, and its instructions in order. */
export interface Stage {
  name: string;
  from: string;
  instructions: { keyword: string; rest: string }[];
}

/** Reads a Dockerfile without line continuations into its stages. */
export function readStages(text: string): Stage[] {
  const stages: Stage[] = [];
  for (const line of text.split('\n').filter((each) => /^[A-Z]/.test(each))) {
    const [keyword = '', ...words] = line.split(/\s+/);
    if (keyword === 'FROM') stages.push({ name: words[2] ?? '', from: words[0] ?? '', instructions: [] });
    else stages.at(-1)?.instructions.push({ keyword, rest: words.join(' ') });
  }
  return stages;
}

/** What a stage takes from the build context, its own base stages included. */
export function copiedFromTree(stage: Stage, stages: Stage[]): { source: string; target: string }[] {
  const base = stages.find(({ name }) => name === stage.from);
  const own = stage.instructions
    .filter(({ keyword, rest }) => keyword === 'COPY' && !rest.startsWith('--from='))
    .flatMap(({ rest }) => {
      const words = rest.split(' ');
      const target = words.at(-1) ?? '';
      return words.slice(0, -1).map((source) => ({ source, target }));
    });
  return [...(base ? copiedFromTree(base, stages) : []), ...own];
}

/** Fills the variables in a value of a compose file: `${NAME}`, `${NAME:-default}`, `$$` for one `$`; throws on any other form. */
export function interpolate(text: string, env: Record<string, string>): string {
  return text.replace(/\$\$|\$\{([^}]*)\}/g, (all, inner: string | undefined) => {
    if (inner === undefined) return '$';
    const [, name, otherwise = ''] = /^(\w+)(?::-([^$]*))?$/.exec(inner) ?? [];
    if (name === undefined) throw new Error(`docker-compose.yml uses a form that is not read here: ${all}`);
    return env[name] || otherwise;
  });
}
