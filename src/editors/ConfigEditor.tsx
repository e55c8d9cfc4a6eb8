import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';
import { Field, Input, SecretInput, Stack, Text } from '@grafana/ui';
import { type PagebudgetOptions, type PagebudgetSecrets, urlFault } from '../settings.ts';

type Props = DataSourcePluginOptionsEditorProps<PagebudgetOptions, PagebudgetSecrets>;

/** Edits where the backend is and the token that it wants. */
export function ConfigEditor({ options, onOptionsChange }: Props) {
  const fault = urlFault(options.url);
  const setUrl = (url: string) => onOptionsChange({ ...options, url });
  const setToken = (token: string) =>
    onOptionsChange({ ...options, secureJsonData: { ...options.secureJsonData, token } });
  const resetToken = () =>
    onOptionsChange({
      ...options,
      secureJsonData: { ...options.secureJsonData, token: '' },
      secureJsonFields: { ...options.secureJsonFields, token: false },
    });
  return (
    <Stack direction="column" gap={2}>
      <Text>
        Pagebudget reads PagerDuty in a backend of its own; this data source asks that backend. The PagerDuty
        token belongs to the backend and is not entered here.
      </Text>
      <Field
        label="Backend URL"
        description="Address of the backend as the Grafana server reaches it."
        htmlFor="pagebudget-url"
        invalid={fault !== undefined}
        error={fault}
        noMargin
      >
        <Input
          id="pagebudget-url"
          width={60}
          value={options.url}
          placeholder="http://localhost:8686"
          onChange={({ currentTarget }) => setUrl(currentTarget.value.trim())}
        />
      </Field>
      <Field
        label="Backend token"
        description="The PAGEBUDGET_TOKEN with which the backend was started; empty if it was started without one."
        htmlFor="pagebudget-token"
        noMargin
      >
        <SecretInput
          id="pagebudget-token"
          width={60}
          isConfigured={Boolean(options.secureJsonFields?.token)}
          value={options.secureJsonData?.token ?? ''}
          placeholder="Token"
          onChange={({ currentTarget }) => setToken(currentTarget.value)}
          onReset={resetToken}
        />
      </Field>
    </Stack>
  );
}
