import type { ReactNode } from 'react';
import { Icon, type IconName } from '../../../parts/Icon';
import { PanelCard } from '../../../panels/PanelCard';
import { setQuery, useLocation } from '../../../routing/location';
import { Notes, Verdict } from './Answered';

/** What stands where an answer has nobody in it: what is noted of the data, and what would ask more widely. */
export function Nothing({ kind, title, notes, isTimeless = false, children }: { kind: string; title: string; notes: readonly string[] | undefined; isTimeless?: boolean; children: ReactNode }): JSX.Element {
  const { query } = useLocation();
  const ways: [IconName, string, () => void][] = [];
  if (!isTimeless && query.get('range') !== 'all') ways.push(['calendar', 'Ask over all time', () => setQuery({ range: 'all' })]);
  if (query.get('filter') !== null) ways.push(['list-filter', 'Without the filters', () => setQuery({ filter: undefined })]);
  return (
    <PanelCard kind={kind} title={title} notes={[]}>
      <Verdict>{children}</Verdict>
      <Notes notes={notes} />
      {ways.length > 0 && <div className="nothing-ways">{ways.map(([icon, words, onClick]) => <button key={words} type="button" className="button small" onClick={onClick}><Icon name={icon} size={14} />{words}</button>)}</div>}
    </PanelCard>
  );
}
