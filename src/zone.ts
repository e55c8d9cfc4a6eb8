/** The IANA zone behind a dashboard's time zone setting; `browser` and an empty setting mean the viewer's own. */
export function ianaZone(setting: string | undefined): string {
  if (setting === 'utc') return 'UTC';
  if (setting && setting !== 'browser') return setting;
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
