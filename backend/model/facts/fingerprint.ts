/** What varies between two occurrences of one alert, in the order in which it is replaced (docs/definitions.md, section 3). */
const VARIABLES: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>'],
  [/\d{4}-\d\d-\d\d([t ]\d\d:\d\d(:\d\d([.,]\d+)?)?(z|[+-]\d\d:?\d\d)?)?/g, '<time>'],
  [/(?<![\d.])\d{1,3}(\.\d{1,3}){3}(:\d+)?(?![\d.])/g, '<ip>'],
  [/(?<![\d:])\d{1,2}:\d\d(:\d\d)?(?![\d:])/g, '<time>'],
  [/(?<![0-9a-f:])[0-9a-f]{0,4}(:[0-9a-f]{0,4}){3,7}(?![0-9a-f:])/g, '<ip>'],
  [/-(?=[a-z0-9-]*\d)[a-z0-9]{8,10}-[a-z0-9]{5}(?![a-z0-9-])/g, '-<host>'],
  [/(?<![a-z0-9])(0x)?(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{6,}(?![a-z0-9])/g, '<hex>'],
  [/\d+([.,]\d+)*/g, '<n>'],
  [/\s+/g, ' '],
];

/** A title or key without what varies between occurrences of one alert: lower case, ids, times, hosts and numbers replaced. */
export function normalise(text: string): string {
  return VARIABLES.reduce(
    (normal, [pattern, name]) => normal.replace(pattern, name),
    text.toLowerCase(),
  ).trim();
}

/** What an alert is known by, over its incidents. */
export interface Fingerprint {
  /** `SERVICE|t:TITLE`, or `SERVICE|k:KEY` for a service set to `fingerprint: key`. */
  id: string;
  /** The normalised title or key alone. */
  title: string;
}

/** The title of the fingerprint with this id. */
export function titleOf(id: string): string {
  return id.replace(/^[^|]*\|[kt]:/, '');
}

/** The fingerprint of an incident of `service_id` from its title, or from `key` where there is one. */
export function fingerprintOf(service_id: string | null, title: string, key: string | null): Fingerprint {
  const normal = normalise(key ?? title);
  return { id: `${service_id ?? ''}|${key === null ? 't' : 'k'}:${normal}`, title: normal };
}
