/** `week of 8 June 2026` → `8 Jun`: what a narrow axis says of a period. */
export const shortLabel = (label: string): string =>
  label.replace(/^week of /i, '').replace(/([A-Z][a-z]{2})[a-z]+/g, '$1').replace(/^(\d{1,2} [A-Z][a-z]{2}) \d{4}$/, '$1');
