import { Text, TextLink } from '@grafana/ui';
import type { CatalogueMetric } from '../../backend/contract.ts';

/** What the chosen metric counts, with the way to its definition. */
export function MetricNote({ metric }: { metric: CatalogueMetric }) {
  return (
    <Text variant="bodySmall">
      {metric.description}{' '}
      {metric.link && (
        <TextLink href={metric.link} external inline variant="bodySmall">
          Definition
        </TextLink>
      )}
    </Text>
  );
}
