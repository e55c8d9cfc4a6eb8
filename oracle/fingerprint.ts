/** The normalising rules in their order, as docs/definitions.md lists them for fingerprints. */
const rules: [pattern: RegExp, becomes: string][] = [
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

/** A title with everything that varies between two alerts of one kind replaced by a placeholder. */
export function normalisedTitle(title: string): string {
  return rules
    .reduce((text, [pattern, becomes]) => text.replace(pattern, becomes), title.toLowerCase())
    .trim();
}
