import { withQuery } from '../../api/request';

/** The choices of the KPI page: what the address may say, and in which words. */
export const grains = [['day', 'Day'], ['week', 'Week'], ['month', 'Month'], ['quarter', 'Quarter'], ['year', 'Year']] as const;
export const comparisons = [['none', 'None'], ['previous', 'Period before'], ['year', 'Year before'], ['weekday', 'Same weekdays']] as const;

const lengths: Record<string, readonly number[]> = { day: [28, 91, 182], week: [13, 26, 52], month: [6, 12, 18], quarter: [4, 8], year: [3] };
const letters: Record<string, string> = { day: 'd', week: 'w', month: 'm', quarter: 'q', year: 'y' };
const reviews: Record<string, string> = { daily: 'day', weekly: 'week', monthly: 'month', quarterly: 'quarter', yearly: 'year' };

export const grainOf = (review: string | null | undefined): string => reviews[review ?? ''] ?? 'week';

/** `last 26 weeks` and the short words for it. */
export function ranges(grain: string): readonly (readonly [string, string])[] {
  const some = lengths[grain] ?? lengths['week']!;
  return [...some.map((count) => [`last ${count} ${grain}s`, `${count}${letters[grain] ?? ''}`] as const), ['all', 'All'] as const];
}

export function standardRange(grain: string): string {
  const some = ranges(grain);
  return some[Math.max(0, some.length - 2)]?.[0] ?? 'all';
}

/** `2026-01-05..2026-06-28` is a range chosen by hand. */
export const customRange = (range: string): [string, string] | undefined => {
  const match = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(range);
  return match ? [match[1]!, match[2]!] : undefined;
};

/** What the cards of the page share: the thing asked about and the state in the address. */
export interface View { kind: 'kpi' | 'metric'; id: string; metric: string; grain: string; range: string; compare: string; by: string }

/** The request for the trend of a view. */
export const trendPath = (view: View): string => withQuery('/trend', {
  [view.kind]: view.id, grain: view.grain, over: view.range, compare: view.compare === 'none' ? undefined : view.compare,
});
