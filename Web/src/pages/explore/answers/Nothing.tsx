import type { ReactNode } from 'react';
import { day } from '../../../format/dates';
import { Icon, type IconName } from '../../../parts/Icon';
import { NoteList } from '../../../parts/NoteList';
import { PanelCard } from '../../../panels/PanelCard';
import { setQuery, useLocation } from '../../../routing/location';
import { useKnown } from '../inventory';
import { Verdict } from './Answered';

/** What stands where an answer has nobody in it: from when to when there are events, and what would ask more widely. How numbers are reckoned is no help where there are none. */
export function Nothing({ kind, title, isTimeless = false, children }: { kind: string; title: string; isTimeless?: boolean; children: ReactNode }): JSX.Element {
  const { query } = useLocation();
  const { source, events } = useKnown();
  const first = events.map((each) => each.first ?? '').filter(Boolean).sort()[0], last = events.map((each) => each.last ?? '').sort().pop();
  const ways: [IconName, string, () => void][] = [];
  if (!isTimeless && query.get('range') !== 'all') ways.push(['calendar', 'Ask over all time', () => setQuery({ range: 'all' })]);
  if (query.get('filter') !== null) ways.push(['list-filter', 'Without the filters', () => setQuery({ filter: undefined })]);
  return (
    <PanelCard kind={kind} title={title} notes={[]}>
      <Verdict>{children}</Verdict>
      {first && last && <NoteList notes={[`The events of ${source ?? 'this source'} are from ${day(first)} to ${day(last)}.`]} />}
      {ways.length > 0 && <div className="nothing-ways">{ways.map(([icon, words, onClick]) => <button key={words} type="button" className="button small" onClick={onClick}><Icon name={icon} size={14} />{words}</button>)}</div>}
    </PanelCard>
  );
}
