import type { DataSourceJsonData } from '@grafana/data';

/** Settings of the data source beside its URL; none are readable so far. */
export interface PagebudgetOptions extends DataSourceJsonData {}

/** Settings that Grafana keeps encrypted and never shows again. */
export interface PagebudgetSecrets {
  /** What the backend was started with as PAGEBUDGET_TOKEN. */
  token?: string;
}

/** Says what is wrong with a backend address, or nothing when it can be used. */
export function urlFault(url: string): string | undefined {
  if (url === '') return 'Enter the address of the Pagebudget backend.';
  if (!/^https?:\/\//.test(url)) return 'Begin the address with http:// or https://.';
  return URL.canParse(url) ? undefined : 'This is not an address; it should look like http://localhost:8686.';
}
