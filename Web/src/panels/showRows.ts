import { setQuery } from '../routing/location';

/** Opens the rows behind a number; they are in the address, so that a link shows them too. */
export function showRows(over: string, where: string | undefined, of: string, side?: 'numerator' | 'denominator'): void {
  setQuery({ rows: over, where, of, side, offset: undefined });
}
