import type { Catalogue } from '../backend/contract.ts';

/** docs/metrics.md as the catalogue has it: every query type, metric and dimension. */
export function metricsDocument({ queryTypes, metrics, dimensions }: Catalogue): string {
  const titleOf = (name: string) => dimensions.find((dimension) => dimension.name === name)?.title ?? name;
  return [
    '# What can be asked',
    'Made from the catalogue that the backend serves at `GET /catalogue`, by `npm run docs`. What each number means is in\n[definitions.md](definitions.md).',
    '## Query types',
    table(
      ['query type', 'title', 'answers'],
      queryTypes.map(({ name, title, description }) => [`\`${name}\``, title, description]),
    ),
    '## Metrics',
    ...metrics.map((metric) =>
      [
        `### ${metric.title}`,
        `\`${metric.name}\`: ${metric.description} [Definition](${localLink(metric.link)})`,
        list([
          ['Unit', metric.unit],
          ['Instant that puts a row into a range or bucket', metric.instant],
          ['Statistics', metric.stats.join(', ')],
          ['Grouped and filtered by', metric.dimensions.map(titleOf).join(', ')],
        ]),
      ].join('\n\n'),
    ),
    '## Dimensions',
    table(
      ['dimension', 'title', 'means'],
      dimensions.map(({ name, title, description, link }) => [
        `\`${name}\``,
        `[${title}](${localLink(link)})`,
        description,
      ]),
    ),
    '',
  ].join('\n\n');
}

function localLink(link: string): string {
  return link.replace(/^.*\/docs\//, '');
}

function list(parts: readonly (readonly [string, string])[]): string {
  return parts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `- ${name}: ${value}`)
    .join('\n');
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
