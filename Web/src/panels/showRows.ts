import { setQuery } from '../routing/location';

/** Which rows are meant where not those that the number counts: of one side of a ratio, or all of a source. */
export interface RowsOf { side?: 'numerator' | 'denominator' | undefined; source?: string | undefined }

/** Opens the rows behind a number; they are in the address, so that a link shows them too. */
export function showRows(over: string, where: string | undefined, of: string, { side, source }: RowsOf = {}): void {
  setQuery({ rows: over, where, of, side, source, offset: undefined });
}
