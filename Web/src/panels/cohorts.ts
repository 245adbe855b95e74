import type { CohortCell, CohortsPanel, PooledCell } from '../api/types';
import { ageText } from '../format/ages';
import { integer, interval, value, type Measure } from '../format/numbers';

/** The ages that any cohort has, in order. */
export const agesOf = (panel: CohortsPanel): number[] =>
  [...new Set([...panel.cohorts.flatMap((cohort) => cohort.cells), ...panel.pooled].map((cell) => cell.age))].sort((a, b) => a - b);

/** The value that gets the strongest colour: the largest after the first age, where everybody is there by definition. */
export function strongest(panel: CohortsPanel): number {
  const later = [...panel.cohorts.flatMap((cohort) => cohort.cells), ...panel.pooled].filter((cell) => cell.age > 0);
  const all = (later.length > 0 ? later : panel.pooled).flatMap((cell) => (cell.value === null ? [] : [cell.value]));
  return Math.max(0, ...all) || 1;
}

/** A cell's text: `38.1%`; whole per cents without their sign where there is no room. */
export function cellText(number: number | null, measure: Measure, isNarrow: boolean): string {
  if (number !== null && isNarrow && measure.unit === 'share') return String(Math.round(number * 100));
  return value(number, measure, isNarrow ? 'axis' : 'short').replace(/[\u202F\u00A0]%$/, '%');
}

/** How strong a value's colour is, from 0 to 1; the curve keeps small values apart as well. */
export const strength = (value: number | null, most: number): number => Math.min(1, Math.max(0, (value ?? 0) / most)) ** 1.7;

/** A cohort's value at an age in words: what is there, how sure it is, and whether it may still grow. */
export function cellDetail(name: string, cell: CohortCell | PooledCell, of: number | null, ages: string, measure: Measure): string {
  const bounds = interval(cell.low, cell.high, measure);
  const parts = [
    `${name}, ${ageText(cell.age, ages)} after the start: ${value(cell.value, measure)}`, bounds && `95 % interval ${bounds}`,
    cell.count !== null && of !== null && `${integer(cell.count)} of ${integer(of)}`, 'complete' in cell && !cell.complete && 'not complete yet, may still grow',
  ];
  return parts.filter(Boolean).join('; ');
}

/** All starts, for the row that pools the cohorts. */
export const totalSize = (panel: CohortsPanel): number => panel.cohorts.reduce((sum, cohort) => sum + cohort.size, 0);
