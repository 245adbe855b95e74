import { useMemo } from 'react';
import type { PathsAnswer as Answer, Way } from '../../../api/behaviour';
import { Chart } from '../../../charts/Chart';
import { eventWords, type SankeyChart } from '../../../charts/sankey/option';
import { rangeText } from '../../../format/dates';
import { change, integer, plural, portion, share, value } from '../../../format/numbers';
import { CsvButton } from '../../../parts/CsvButton';
import { FitTable, type TableColumn } from '../../../parts/FitTable';
import { PanelCard } from '../../../panels/PanelCard';
import { TableBox } from '../../../parts/TableBox';
import { Notes, Verdict } from './Answered';
import { Moved } from './Difference';
import { Nothing } from './Nothing';
import { PathsParts } from './PathsParts';
import { WayList } from './WayList';

/** Which way people go: the streams between events, and the whole ways that are most frequent. */
export function PathsAnswer({ answer }: { answer: Answer }): JSX.Element {
  const chart = useMemo((): SankeyChart => ({ kind: 'sankey', title: answer.title, total: answer.total, positions: answer.steps, links: answer.links }), [answer]);
  const most = Math.max(1, ...answer.steps.map((each) => each.nodes.length));
  const shareBefore = (way: Way): number | null => (way.before == null || !answer.previous?.total ? null : way.before / answer.previous.total);
  const columns: TableColumn<Way>[] = [
    { head: answer.counting, narrow: answer.previous ? 'never' : 'beside', cell: (each) => integer(each.count) }, { head: 'Share', narrow: 'beside', cell: (each) => <b>{value(each.share.value, share)}</b> },
    ...(answer.previous ? [{ head: 'Before', narrow: 'never' as const, cell: (each: Way) => value(shareBefore(each), share) }, { head: 'Change', narrow: 'beside' as const, cell: (each: Way) => <Moved by={each.change} none={each.before == null ? 'not among the first' : '–'} /> }] : []),
  ];
  if (answer.total === 0) return <Nothing kind="paths" title="Paths">Nobody went this way in this range.</Nothing>;
  return (
    <>
      <PanelCard kind="paths" title={answer.paths === 'explored' ? 'Paths' : answer.title} about={`${integer(answer.total)} ${answer.counting}, left to right; rare events of a position are together`} notes={[]} table={<LinksTable answer={answer} />}
        tools={<CsvButton name={answer.paths} head={['position', 'from', 'to', answer.counting]} rows={() => answer.links.map((link) => [link.position, link.from, link.to, link.count])} />}>
        {answer.links.length === 0 ? <Verdict>Nothing follows: each of them has one event.</Verdict>
          : <div className="wide-chart" tabIndex={0} role="region" aria-label="Paths, drawn"><div><Chart spec={chart} height={Math.min(620, Math.max(260, most * 60))} /></div></div>}
        <EndedList answer={answer} />
        {answer.previous && <Compared answer={answer} />}
        <Notes notes={answer.notes} />
      </PanelCard>
      {answer.parts && <PathsParts answer={answer} parts={answer.parts} />}
      <PanelCard kind="top-paths" title="Most frequent ways" notes={[]} tools={<CsvButton name={`${answer.paths}-top`} head={['way', answer.counting, 'share', ...(answer.previous ? ['share before'] : [])]} rows={() => answer.top.map((each) => [each.events.join(' > '), each.count, each.share.value, ...(answer.previous ? [shareBefore(each)] : [])])} />}>
        <TableBox label="Ways, data">
          <FitTable className="ways" caption="The most frequent ways" head="Way" name={(each) => <WayList events={each.events} />} columns={columns} rows={answer.top} rowKey={(each) => each.events.join('>')} />
        </TableBox>
      </PanelCard>
    </>
  );
}

/** How many there were in the range before. */
function Compared({ answer: { total, counting, previous } }: { answer: Answer }): JSX.Element | null {
  if (!previous) return null;
  return <p className="fine compared"><span>{previous.range ? rangeText(previous.range) : 'The range before'}: {integer(previous.total)} {counting}{previous.total > 0 && <> · now <b>{change(total / previous.total - 1, '%', { unit: 'count' })}</b></>}</span></p>;
}

/** How many went no further after each position, or had nothing before it; the streams show it by getting thinner. */
function EndedList({ answer }: { answer: Answer }): JSX.Element | null {
  const isTowards = answer.anchor === 'ends', length = answer.ended.length;
  const all = answer.ended.map((count, index) => ({ count, events: isTowards ? length - 1 - index : index + 1 })).filter((each) => each.count > 0);
  if (all.length === 0) return null;
  const words = (events: number): string => (isTowards ? (events === 0 ? 'with it' : `${plural(events, 'event')} before it`) : events === 1 ? 'after the first event' : `after ${events} events`);
  return <p className="fine ended">{isTowards ? 'Began' : 'Ended'} {[...all].sort((a, b) => a.events - b.events).map((each, index) => <span key={each.events}>{index > 0 && ' · '}{words(each.events)} <b>{integer(each.count)}</b> ({portion(each.count / answer.total)})</span>)}</p>;
}

type Link = Answer['links'][number];
const LinksTable = ({ answer }: { answer: Answer }): JSX.Element => (
  <FitTable className="links" caption={`${answer.title}: from event to event`} head="From" rows={answer.links} rowKey={(link) => `${link.position} ${link.from} ${link.to}`} name={(link) => <><small className="quiet">{link.position}</small> {eventWords(link.from)}</>} columns={[
    { head: 'To', narrow: 'beside', cell: (link: Link) => <><small className="quiet">{link.position + 1}</small> {eventWords(link.to)}</> },
    { head: answer.counting, narrow: 'beside', cell: (link: Link) => integer(link.count) }, { head: 'Share', narrow: 'never', cell: (link: Link) => portion(link.count / answer.total) },
  ]} />
);
