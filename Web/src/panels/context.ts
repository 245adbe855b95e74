import type { Measure } from '../format/numbers';
import { following, inclusiveRange, isoDay, position } from '../format/dates';

/** What the panels of a page share: whose they are, and how its numbers are written. */
export interface PanelContext {
  kind: 'kpi' | 'metric'; id: string; measure: Measure; better: string; grain: string; zone: string; dimensions: string[];
  /** The range that the page shows, in the words of the range language. */
  range: string;
}

/** A text constant of the expression language: quotes are doubled. */
export const quoted = (text: string): string => `'${text.replace(/'/g, "''")}'`;

/** Conditions that must all hold, as one; undefined where there are none. */
export const allOf = (conditions: (string | undefined)[]): string | undefined => {
  const some = conditions.filter((each): each is string => each !== undefined);
  return some.length > 1 ? some.map((each) => (/ or /i.test(each) ? `(${each})` : each)).join(' and ') : some[0];
};

/** A period by its start, as a range to ask about. */
export function periodRange(period: string, grain: string, zone: string): string {
  const start = position(period, zone);
  return inclusiveRange(isoDay(start), isoDay(following(start, grain)));
}
