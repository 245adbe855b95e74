import type { Period } from '../../api/types';
import { inclusiveRange } from '../../format/dates';
import { Icon } from '../../parts/Icon';
import { showRows } from '../../panels/showRows';

/** One click from a number to the rows it is made of. */
export function RowsLink({ period, range, of }: { period?: Period; range?: string; of: string }): JSX.Element {
  const over = period ? inclusiveRange(period.start, period.end) : range ?? 'all';
  return <button type="button" className="button" onClick={() => showRows(over, undefined, period ? `${of}, ${period.label}` : of)}><Icon name="rows-3" size={15} />Rows behind this number</button>;
}
