import type { ErrorResponse } from '../backend/contract.ts';

/** What a failed request through Grafana may carry: the backend's error, or Grafana's own message. */
interface FailedRequest {
  data?: (Partial<ErrorResponse> & { message?: string }) | undefined;
  statusText?: string;
  message?: string;
}

/** The sentence in a failed request that says most: the backend's, else Grafana's, else the network's. */
export function reasonOf(error: unknown): string {
  const { data, statusText, message } = (error ?? {}) as FailedRequest;
  return data?.error?.message || data?.message || message || statusText || 'No reason was given.';
}
