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

/** A period by its start, as a range to ask about. */
export function periodRange(period: string, grain: string, zone: string): string {
  const start = position(period, zone);
  return inclusiveRange(isoDay(start), isoDay(following(start, grain)));
}
