import { useMemo, useState } from 'react';
import type { CampaignRow, CampaignsAnswer as Answer } from '../../../api/behaviour';
import { useSession } from '../../../api/session';
import { Bar } from '../../../charts/Bar';
import { rangeText } from '../../../format/dates';
import { inWords } from '../../../format/names';
import { integer, interval, share, value } from '../../../format/numbers';
import { CsvButton } from '../../../parts/CsvButton';
import { FitTable, type TableColumn } from '../../../parts/FitTable';
import { Segments } from '../../../parts/Segments';
import { PanelCard } from '../../../panels/PanelCard';
import { TableBox } from '../../../parts/TableBox';
import { useNarrow } from '../../../parts/useNarrow';
import { Notes } from './Answered';
import { Moved } from './Difference';
import { Nothing } from './Nothing';

/** Beyond so many columns names and spaces give way. */
const columnsMax = 8;
const orders = [['visits', 'Visits'], ['conversions', 'Conversions'], ['share', 'Share']] as const;
type Order = typeof orders[number][0];

/** What each source, medium and campaign brought, and which convert better or worse than the rest. */
export function CampaignsAnswer({ answer }: { answer: Answer }): JSX.Element {
  const { currency } = useSession().workspace;
  const [order, setOrder] = useState<Order>('visits');
  const all = [...answer.rows, answer.total];
  const isNarrow = useNarrow();
  const total = useMemo((): CampaignRow => ({ ...answer.total, differs: null, before: answer.total.before ?? answer.previous?.total ?? null }), [answer]);
  const by = inWords(answer.by ?? 'part');
  const rows = [...answer.rows].sort((a, b) => (order === 'share' ? (b.conversion.value ?? -1) - (a.conversion.value ?? -1) : b[order] - a[order]));
  const most = Math.max(0.001, ...answer.rows.map((row) => row.conversion.high ?? 0));
  const money = { unit: 'money', currency };
  const has = { clicks: all.some((row) => row.click_through !== null), value: all.some((row) => row.value !== null), cost: all.some((row) => row.cost !== null), before: answer.previous !== undefined, part: Boolean(answer.by) };
  // What is told besides takes the place of the bar, and the mark stands beside the share; as it does on a phone.
  const isTight = has.before || has.part || (has.cost && has.value);
  const isMarked = (isTight || isNarrow) && rows.some((row) => row.differs !== null);
  const columns: TableColumn<CampaignRow>[] = [
    ...(has.part ? [{ head: by, className: 'part-head', narrow: 'beside' as const, cell: (row: CampaignRow) => (row === total ? '' : <span className="clipped" title={row.part ?? undefined}>{row.part ?? 'None'}</span>) }] : []),
    { head: 'Visits', narrow: has.part ? undefined : 'beside', cell: (row) => integer(row.visits) }, { head: 'People', cell: (row) => integer(row.people) },
    ...(has.clicks ? [{ head: 'Clicked', cell: (row: CampaignRow) => value(row.click_through?.value, share) }] : []),
    { head: 'Converted', cell: (row) => integer(row.conversions) },
    { head: 'Share', narrow: 'beside', title: (row) => interval(row.conversion.low, row.conversion.high, share), cell: (row) => <><b>{value(row.conversion.value, share)}</b>{isMarked && <Differs row={row} isMark />}</> },
    ...(isTight ? [] : [{ head: <span className="sr">Share as a bar</span>, className: 'bar-column', narrow: 'never' as const, cell: (row: CampaignRow) => <Bar value={row.conversion.value} low={row.conversion.low} high={row.conversion.high} most={most} /> }, { head: 'Than the rest', cell: (row: CampaignRow) => <Differs row={row} /> }]),
    ...(has.before ? [{ head: 'Before', title: (row: CampaignRow) => interval(row.before?.conversion.low, row.before?.conversion.high, share), cell: (row: CampaignRow) => value(row.before?.conversion.value, share) }, { head: 'Change', cell: (row: CampaignRow) => <Moved by={row.change} none={row.before ? '–' : 'new'} /> }] : []),
    ...(has.value ? [{ head: 'Value', cell: (row: CampaignRow) => value(row.value, money) }] : []),
    ...(has.cost ? [{ head: 'Cost', cell: (row: CampaignRow) => value(row.cost, money) }, { head: isNarrow ? 'Cost of a conversion' : 'Each', title: () => 'cost of a conversion', cell: (row: CampaignRow) => value(row.cost_per_conversion, money) }] : []),
  ];
  const width = columns.length - (has.part ? 1 : 0);
  if (answer.total.visits === 0) return <Nothing kind="campaigns" title="Campaigns">There were no visits in this range.</Nothing>;
  return (
    <PanelCard kind="campaigns" title={answer.campaigns === 'explored' ? 'Campaigns' : answer.title} about={`${integer(answer.total.visits)} visits of ${integer(answer.total.people)} people, ${value(answer.total.conversion.value, share)} converted${answer.previous ? `; before: ${answer.previous.range ? rangeText(answer.previous.range) : 'the range before'}, ${integer(answer.previous.total.visits)} visits` : ''}`} notes={[]}
      tools={<><Segments label="Sort by" value={order} options={orders} onChange={(next) => setOrder(next as Order)} /><CsvButton name={answer.campaigns} head={['source', 'medium', 'campaign', ...(has.part ? [by] : []), 'visits', 'people', 'click-through', 'conversions', 'share', 'low', 'high', 'differs', 'value', 'cost', 'cost a conversion', ...(has.before ? ['visits before', 'share before'] : [])]} rows={() => rows.map((row) => [row.source, row.medium, row.campaign, ...(has.part ? [row.part] : []), row.visits, row.people, row.click_through?.value, row.conversions, row.conversion.value, row.conversion.low, row.conversion.high, row.differs, row.value, row.cost, row.cost_per_conversion, ...(has.before ? [row.before?.visits, row.before?.conversion.value] : [])])} /></>}>
      <TableBox label="Campaigns, data">
        <FitTable className={isTight ? width > columnsMax ? 'campaigns tight tightest' : 'campaigns tight' : 'campaigns'} head="Campaign"
          caption={<>Visits and conversions by campaign{isMarked && '; ▲ and ▼ mark shares that are above or below those of the rest by more than chance'}</>}
          name={(row) => (row === total ? 'All visits' : <CampaignName row={row} />)} columns={columns} rows={[total, ...rows]}
          rowKey={(row) => (row === total ? '' : [row.source, row.medium, row.campaign, row.part].join('|'))} rowClass={(row) => (row === total ? 'total' : undefined)} />
      </TableBox>
      {isMarked && <p className="fine">▲ ▼ the share is above or below that of the rest by more than chance</p>}
      <Notes notes={answer.notes} />
    </PanelCard>
  );
}

/** Whether the share differs from the rest by more than chance, in words or as a mark. */
function Differs({ row, isMark = false }: { row: CampaignRow; isMark?: boolean }): JSX.Element | null {
  if (row.differs === null) return isMark ? <span className="differs mark" /> : null;
  const isAbove = row.differs === 'above', sign = isAbove ? '▲' : '▼';
  return <span className={`differs ${isAbove ? 'good' : 'bad'}${isMark ? ' mark' : ''}`}>{isMark ? <><span aria-hidden="true">{sign}</span><span className="sr"> {row.differs} the rest</span></> : `${sign} ${row.differs}`}</span>;
}

/** The source, and below it the medium and the campaign, which may be long. */
function CampaignName({ row }: { row: CampaignRow }): JSX.Element {
  if (row.source === null && row.medium === null && row.campaign === null) return <span className="quiet">Without a campaign</span>;
  const more = [row.medium, row.campaign].filter((each) => each !== null).join(' · ');
  return <><span className="clipped">{row.source ?? '–'}</span>{more !== '' && <small className="quiet clipped" title={more}>{more}</small>}</>;
}
