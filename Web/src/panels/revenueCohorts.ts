import type { Cohort, CohortCell, CohortsPanel, PooledCell } from '../api/types';
import { ageText } from '../format/ages';
import { isoDay, position } from '../format/dates';
import { integer, value, type Measure } from '../format/numbers';
import type { Tokens } from '../charts/tokens';
import { heat, inked, mixed, type HeatColours } from './heat';

/** What the cells of a table of revenue say: the share of the first period's revenue, the money itself, or who still pays. */
export const revenueModes = [['share', '% of start'], ['money', 'Money'], ['customers', 'Customers']] as const;
export type RevenueMode = (typeof revenueModes)[number][0];
export const revenueMode = (text: string): RevenueMode => revenueModes.find(([mode]) => mode === text)?.[0] ?? 'share';

type Cell = CohortCell | PooledCell;

/** The part of the start that a cell's colour shows: of the customers where those are shown, else of the revenue. */
export const partLeft = (cell: Cell, size: number, mode: RevenueMode): number | null =>
  mode !== 'customers' ? cell.share ?? null : size > 0 && cell.count !== null ? cell.count / size : null;

/** How many customers began of which a pooled cell tells those who pay. */
export const wholeOf = (cell: PooledCell): number => cell.size ?? 0;

/** The smallest and the largest part that a table's colours show; the whole lies between them. */
export function partsShown(panel: CohortsPanel, mode: RevenueMode): { least: number; most: number } {
  const parts = [
    ...panel.cohorts.flatMap((cohort) => cohort.cells.map((cell) => partLeft(cell, cohort.size, mode))), ...panel.pooled.map((cell) => partLeft(cell, wholeOf(cell), mode)),
  ].filter((part): part is number => part !== null);
  return { least: Math.min(1, ...parts), most: Math.max(1, ...parts) };
}

/** More than at the start, as far as a written per cent tells. */
export const isMore = (part: number): boolean => part > 1.0005;

/**
 * Up to the whole a cell has the colour of all heat tables; more than at the start is green, so that growth is seen at once.
 * As in all heat tables, one ink reads on every cell.
 */
export function revenueHeat(part: number | null, { least, most }: { least: number; most: number }, tokens: Tokens): HeatColours {
  if (part !== null && isMore(part)) return inked(mixed(tokens.surface, tokens.gain, 0.25 + 0.3 * Math.min(1, (part - 1) / (most - 1))));
  const floor = Math.max(0, least - 0.1);
  return heat(((part ?? 0) - floor) / (1 - floor), tokens);
}

/** A cell's text: `82.3%`, `€12.4k` or `41`; whole per cents without their sign where there is no room. */
export function revenueText(cell: Cell, mode: RevenueMode, money: Measure, isNarrow: boolean): string {
  if (mode === 'customers') return integer(cell.count);
  if (mode === 'money') return value(cell.value, money, 'axis');
  if (isNarrow && cell.share != null) return String(Math.round(cell.share * 100));
  return value(cell.share, { unit: 'share' }).replace(/[\u202F\u00A0]%$/, '%');
}

/** A cell in words: the money, what it is of the start's, and how many customers still pay. */
export function revenueDetail(name: string, cell: Cell, size: number, ages: string, money: Measure): string {
  const when = cell.age === 0 ? `end of the first ${ages}` : `${ageText(cell.age, ages)} later`;
  const parts = [
    `${name}, ${when}: ${value(cell.value, money, 'full')}`,
    cell.age > 0 && cell.share != null && `${value(cell.share, { unit: 'share' })} of ${value(cell.of, money, 'full')} at the start`,
    cell.count !== null && `${integer(cell.count)} of ${integer(size)} customers pay`,
  ];
  return parts.filter(Boolean).join('; ');
}

/** The entries of a cohort's customers up to the end of the cell's period, whose sum the cell is. */
export function revenueRows(cohort: Cohort, cell: CohortCell): { over: string; where: string } | undefined {
  const bounds = cohort.range?.split('..') ?? [], first = bounds[0], last = bounds[1] ?? first;
  if (first === undefined || last === undefined || cell.until === undefined) return undefined;
  return { over: `1970-01-01..${cell.until}`, where: `started >= '${first}' and started < '${isoDay(position(last, 'UTC') + 86_400_000)}'` };
}
