/** The zones to choose from; the one chosen so far is among them, whatever somebody's browser calls it. */
export function timeZonesWith(chosen: string): string[] {
  return [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC", chosen])].sort();
}
