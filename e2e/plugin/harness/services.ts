import type { ScopedVars } from '@grafana/data';
import {
  type BackendSrv,
  type BackendSrvRequest,
  setBackendSrv,
  setTemplateSrv,
  type TemplateSrv,
} from '@grafana/runtime';
import { from } from 'rxjs';

/** Gives the plugin the services of Grafana's page: requests to its server, and template variables from the address. */
export function provideServices(variables: URLSearchParams): void {
  const backend = { fetch: (request: BackendSrvRequest) => from(send(request)) };
  setBackendSrv(backend as unknown as BackendSrv);
  const templates = {
    replace(
      text = '',
      _scoped?: ScopedVars,
      format?: 'queryparam' | ((value: string | string[], variable: object) => string),
    ) {
      return text.replace(/\$(\w+)/g, (whole, name) => {
        const values = variables.getAll(`var-${name}`);
        if (values.length === 0) return whole;
        if (format === 'queryparam')
          return values.map((value) => `var-${name}=${encodeURIComponent(value)}`).join('&');
        const value = values.length === 1 ? String(values[0]) : values;
        return format ? format(value, { name, multi: values.length > 1 }) : String(value);
      });
    },
  };
  setTemplateSrv(templates as unknown as TemplateSrv);
}

/** One request to the server; a refused one fails as Grafana's do, with status and data. */
async function send({ url, method = 'GET', data, params, headers }: BackendSrvRequest) {
  const query = params ? `?${new URLSearchParams(params)}` : '';
  const response = await fetch(url + query, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(data !== undefined && { body: JSON.stringify(data) }),
  });
  const text = await response.text();
  const answer = { status: response.status, statusText: response.statusText, data: text && JSON.parse(text) };
  if (!response.ok) throw answer;
  return answer;
}
