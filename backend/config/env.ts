/** The environment of the process. */
export type Env = Record<string, string | undefined>;

/** True for an http or https address, so not for `localhost:4010`, in which a URL parser sees a scheme. */
export function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
