import type { Cell } from '../api/types';
import { moment } from '../format/dates';
import { exact } from '../format/numbers';

export const pageSize = 100;

export const isNumeric = (type: string): boolean => /^(integer|number|decimal|bigint|double|hugeint)/i.test(type);

/** A cell as it is read: nothing is said to be nothing, instants are told in the workspace's zone, numbers keep all their digits. */
export function cellText(cell: Cell, type: string, zone: string, digits = 0): string {
  if (cell === null) return 'none';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (typeof cell === 'number') return exact(cell, digits);
  return /^(instant|date|timestamp)/i.test(type) && /^\d{4}-\d\d-\d\d/.test(cell) ? moment(cell, zone) : cell;
}

/** How many decimals the numbers of a column need, at most six, so that their points stand under each other. */
export function columnDigits(rows: Cell[][], at: number): number {
  const digits = rows.map((row) => { const cell = row[at]; return typeof cell === 'number' ? (String(cell).split('.')[1] ?? '').length : 0; });
  return Math.min(6, Math.max(0, ...digits));
}

/** Which rows a page shows, counted from one, and where the pages beside it begin. */
export function page(offset: number, count: number, total: number): { from: number; to: number; before: number | undefined; after: number | undefined } {
  return {
    from: count === 0 ? 0 : offset + 1, to: offset + count,
    before: offset > 0 ? Math.max(0, offset - pageSize) : undefined, after: count > 0 && offset + count < total ? offset + count : undefined,
  };
}
