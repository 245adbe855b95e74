import { integer } from '../format/numbers';
import { setQuery } from '../routing/location';
import { Icon } from './Icon';

/** Turns the pages of a list; the address holds at which entry one begins. */
export function Pager({ label, from, to, total, before, after }: { label: string; from: number; to: number; total: number; before: number | undefined; after: number | undefined }): JSX.Element {
  const turn = (at: number | undefined): void => setQuery({ offset: at === undefined || at === 0 ? undefined : String(at) }, 'replace');
  return (
    <nav className="pager" aria-label={label}>
      <button type="button" className="button small" disabled={before === undefined} onClick={() => turn(before)}><Icon name="chevron-left" size={14} />Before</button>
      <span>{integer(from)} – {integer(to)} of {integer(total)}</span>
      <button type="button" className="button small" disabled={after === undefined} onClick={() => turn(after)}>After<Icon name="chevron-right" size={14} /></button>
    </nav>
  );
}
