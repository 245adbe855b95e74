import { withQuery } from '../../api/request';

/** The choices of the KPI page: what the address may say, and in which words. */
export const grains = [['day', 'Day'], ['week', 'Week'], ['month', 'Month'], ['quarter', 'Quarter'], ['year', 'Year']] as const;
export const comparisons = [['none', 'None'], ['previous', 'Period before'], ['year', 'Year before'], ['weekday', 'Same weekdays']] as const;

const lengths: Record<string, readonly number[]> = { day: [28, 90, 180], week: [13, 26, 52], month: [6, 12, 24], quarter: [4, 8, 12], year: [3, 6] };
/** What the server shows where no range is asked for; the running period comes with it. */
const standardLengths: Record<string, number> = { day: 90, week: 52, month: 24, quarter: 12, year: 6 };
const letters: Record<string, string> = { day: 'd', week: 'w', month: 'm', quarter: 'q', year: 'y' };
const reviews: Record<string, string> = { daily: 'day', weekly: 'week', monthly: 'month', quarterly: 'quarter', yearly: 'year' };

export const grainOf = (review: string | null | undefined): string => reviews[review ?? ''] ?? 'week';

/** `last 26 weeks` and the short words for it. */
export function ranges(grain: string): readonly (readonly [string, string])[] {
  const some = lengths[grain] ?? lengths['week']!;
  return [...some.map((count) => [`last ${count} ${grain}s`, `${count}${letters[grain] ?? ''}`] as const), ['all', 'All'] as const];
}

export function standardRange(grain: string): string {
  return `last ${standardLengths[grain] ?? 52} ${grain}s`;
}

/** `2026-01-05..2026-06-28` is a range chosen by hand. */
export const customRange = (range: string): [string, string] | undefined => {
  const match = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(range);
  return match ? [match[1]!, match[2]!] : undefined;
};

/** What the cards of the page share: the thing asked about and the state in the address. */
export interface View { kind: 'kpi' | 'metric'; id: string; metric: string; grain: string; range: string; compare: string; by: string; where?: string | undefined }

/** The request for the trend of a view. */
export const trendPath = (view: View): string => withQuery('/trend', {
  [view.kind]: view.id, grain: view.grain, over: askedRange(view), compare: view.compare === 'none' ? undefined : view.compare, where: view.where,
});

/** The range to ask for; none where it is the standard one. */
export const askedRange = (view: View): string | undefined => (view.range === standardRange(view.grain) ? undefined : view.range);
