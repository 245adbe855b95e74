/** The last period that is over, else the last one that there is. */
export function latest<Each extends { complete?: boolean }>(periods: readonly Each[]): Each | undefined {
  return [...periods].reverse().find((each) => each.complete !== false) ?? periods[periods.length - 1];
}
