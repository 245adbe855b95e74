import { useState } from 'react';
import type { CampaignRow, CampaignsAnswer as Answer } from '../../../api/behaviour';
import { useSession } from '../../../api/session';
import { Bar } from '../../../charts/Bar';
import { rangeText } from '../../../format/dates';
import { integer, interval, value } from '../../../format/numbers';
import { CsvButton } from '../../../parts/CsvButton';
import { Segments } from '../../../parts/Segments';
import { PanelCard } from '../../../panels/PanelCard';
import { Notes } from './Answered';
import { Moved } from './Difference';
import { Nothing } from './Nothing';

const share = { unit: 'share' };
const orders = [['visits', 'Visits'], ['conversions', 'Conversions'], ['share', 'Share']] as const;
type Order = typeof orders[number][0];

/** What each source, medium and campaign brought, and which convert better or worse than the rest. */
export function CampaignsAnswer({ answer }: { answer: Answer }): JSX.Element {
  const { currency } = useSession().workspace;
  const [order, setOrder] = useState<Order>('visits');
  const all = [...answer.rows, answer.total];
  const has = { clicks: all.some((row) => row.click_through !== null), value: all.some((row) => row.value !== null), cost: all.some((row) => row.cost !== null), before: answer.previous !== undefined, part: Boolean(answer.by) };
  const by = (answer.by ?? 'part').replace(/_/g, ' ');
  const rows = [...answer.rows].sort((a, b) => (order === 'share' ? (b.conversion.value ?? -1) - (a.conversion.value ?? -1) : b[order] - a[order]));
  const most = Math.max(0.001, ...answer.rows.map((row) => row.conversion.high ?? 0));
  const money = { unit: 'money', currency };
  const cells = (row: CampaignRow): JSX.Element => (
    <>
      <td>{integer(row.visits)}</td><td>{integer(row.people)}</td>{has.clicks && <td>{value(row.click_through?.value, share)}</td>}<td>{integer(row.conversions)}</td>
      <td title={interval(row.conversion.low, row.conversion.high, share)}><b>{value(row.conversion.value, share)}</b></td>
      {!has.before && <td className="bar-column"><Bar value={row.conversion.value} low={row.conversion.low} high={row.conversion.high} most={most} /></td>}
      <td>{row.differs === null ? '' : <span className={`differs ${row.differs === 'above' ? 'good' : 'bad'}`}>{row.differs === 'above' ? '▲ above' : '▼ below'}</span>}</td>
      {has.before && <><td title={interval(row.before?.conversion.low, row.before?.conversion.high, share)}>{value(row.before?.conversion.value, share)}</td><td><Moved by={row.change} none={row.before ? '–' : 'new'} /></td></>}
      {has.value && <td>{value(row.value, money)}</td>}{has.cost && <><td>{value(row.cost, money)}</td><td>{value(row.cost_per_conversion, money)}</td></>}
    </>
  );
  if (answer.total.visits === 0) return <Nothing kind="campaigns" title="Campaigns" notes={answer.notes}>There were no visits in this range.</Nothing>;
  return (
    <PanelCard kind="campaigns" title={answer.campaigns === 'explored' ? 'Campaigns' : answer.title} about={`${integer(answer.total.visits)} visits of ${integer(answer.total.people)} people, ${value(answer.total.conversion.value, share)} converted${answer.previous ? `; before: ${answer.previous.range ? rangeText(answer.previous.range) : 'the range before'}, ${integer(answer.previous.total.visits)} visits` : ''}`} notes={[]}
      tools={<><Segments label="Sort by" value={order} options={orders} onChange={(next) => setOrder(next as Order)} /><CsvButton name={answer.campaigns} head={['source', 'medium', 'campaign', ...(has.part ? [by] : []), 'visits', 'people', 'click-through', 'conversions', 'share', 'low', 'high', 'differs', 'value', 'cost', 'cost a conversion', ...(has.before ? ['visits before', 'share before'] : [])]} rows={() => rows.map((row) => [row.source, row.medium, row.campaign, ...(has.part ? [row.part] : []), row.visits, row.people, row.click_through?.value, row.conversions, row.conversion.value, row.conversion.low, row.conversion.high, row.differs, row.value, row.cost, row.cost_per_conversion, ...(has.before ? [row.before?.visits, row.before?.conversion.value] : [])])} /></>}>
      <div className="table-box" tabIndex={0} role="region" aria-label="Campaigns, data">
        <table className="data campaigns">
          <caption className="sr">Visits and conversions by campaign</caption>
          <thead><tr><th scope="col">Source, medium, campaign</th>{has.part && <th scope="col" className="part-head">{by}</th>}<th scope="col">Visits</th><th scope="col">People</th>{has.clicks && <th scope="col">Click-through</th>}<th scope="col">Conversions</th><th scope="col">Share</th>{!has.before && <th scope="col" className="bar-column"><span className="sr">Share as a bar</span></th>}<th scope="col">Than the rest</th>{has.before && <><th scope="col">Before</th><th scope="col">Change</th></>}{has.value && <th scope="col">Value</th>}{has.cost && <><th scope="col">Cost</th><th scope="col">A conversion</th></>}</tr></thead>
          <tbody>
            <tr className="total"><th scope="row">All visits</th>{has.part && <td />}{cells({ ...answer.total, differs: null, before: answer.total.before ?? answer.previous?.total ?? null })}</tr>
            {rows.map((row) => <tr key={[row.source, row.medium, row.campaign, row.part].join('|')}><th scope="row"><CampaignName row={row} /></th>{has.part && <td className="part-head">{row.part ?? 'None'}</td>}{cells(row)}</tr>)}
          </tbody>
        </table>
      </div>
      <Notes notes={answer.notes} />
    </PanelCard>
  );
}

function CampaignName({ row }: { row: CampaignRow }): JSX.Element {
  if (row.source === null && row.medium === null && row.campaign === null) return <span className="quiet">Without a campaign</span>;
  return <><span>{row.source ?? '–'}</span><small className="quiet"> {[row.medium, row.campaign].filter((each) => each !== null).join(' · ')}</small></>;
}
