import type { ReactNode } from 'react';
import type { ActivityAnswer, AdoptionAnswer, LifecycleAnswer, RetentionAnswer } from '../../../api/behaviour';
import { Bar } from '../../../charts/Bar';
import { Chart } from '../../../charts/Chart';
import { agesTitle } from '../../../format/ages';
import { day } from '../../../format/dates';
import { inWords } from '../../../format/names';
import { decimal, integer, interval, share, value } from '../../../format/numbers';
import { PanelCard } from '../../../panels/PanelCard';
import { TableBox } from '../../../parts/TableBox';
import { latest } from '../latest';
import { partName } from './Answered';
import { Difference } from './Difference';
import { shortLabel } from './labels';

interface Part { value: string | null; kind: string }

/** A table with a row for each value of the breakdown. */
function PartTable<Each extends Part>({ dimension, about, parts, heads, cells, children }: { dimension: string | undefined; about: string; parts: Each[]; heads: ReactNode[]; cells: (part: Each) => ReactNode[]; children?: ReactNode }): JSX.Element {
  const name = inWords(dimension ?? 'part');
  return (
    <PanelCard kind="parts" title={`By ${name}`} about={about} notes={[]}>
      {children}
      <TableBox label={`By ${name}, data`}>
        <table className="data">
          <caption className="sr">By {name}</caption>
          <thead><tr><th scope="col">{name}</th>{heads.map((head, index) => <th key={index} scope="col">{head}</th>)}</tr></thead>
          <tbody>{parts.map((part) => <tr key={part.kind + (part.value ?? '')} className={part.kind === 'value' ? undefined : 'rest'}><th scope="row">{partName(part)}</th>{cells(part).map((cell, index) => <td key={index}>{cell}</td>)}</tr>)}</tbody>
        </table>
      </TableBox>
    </PanelCard>
  );
}

/** The average of each part at some ages, and where it differs from the others. */
export function RetentionParts({ answer }: { answer: RetentionAnswer }): JSX.Element {
  const parts = answer.parts ?? [];
  const some = (parts[0]?.averages ?? []).map((_, index) => index).filter((index) => index > 0 && parts.some((part) => part.averages[index]?.share.value != null));
  const ages = some.filter((_, at) => at < 2 || at === some.length - 1 || at % Math.max(1, Math.ceil(some.length / 3)) === 0).slice(0, 4);
  return <PartTable dimension={answer.dimension} about="Who came back, pooled over complete cells, and whether it differs from all others" parts={parts}
    heads={['Size', ...ages.map((index) => `${agesTitle(answer.age)} ${parts[0]?.averages[index]?.age ?? ''}`)]}
    cells={(part) => [integer(part.size), ...ages.map((index) => { const each = part.averages[index]; return each ? <span key={index} title={interval(each.share.low, each.share.high, share)}><b>{value(each.share.value, share)}</b> {each.difference && <Difference of={each.difference} />}</span> : '–'; })]} />;
}

export function LifecycleParts({ answer }: { answer: LifecycleAnswer }): JSX.Element {
  const last = latest(answer.periods);
  return <PartTable dimension={answer.dimension} about={last?.label ?? ''} parts={answer.parts ?? []} heads={['Active', 'New', 'Stayed', 'Came back', 'Went quiet', 'Pulse']}
    cells={(part) => { const each = part.periods.find((period) => period.start === last?.start); return each ? [<b key="active">{integer(each.active)}</b>, integer(each.new), integer(each.current), integer(each.resurrected), integer(each.dormant), decimal(each.pulse, 2)] : ['–', '–', '–', '–', '–', '–']; }} />;
}

export function ActivityParts({ answer }: { answer: ActivityAnswer }): JSX.Element {
  const parts = answer.parts ?? [], last = latest(answer.days);
  return (
    <PartTable dimension={answer.dimension} about={`Active in 28 days, and ${last ? day(last.day) : 'the last day'} in numbers`} parts={parts} heads={['That day', '7 days', '28 days', 'Stickiness']}
      cells={(part) => { const each = part.days.find((one) => one.day === last?.day); return each ? [integer(each.dau), integer(each.wau), <b key="mau">{integer(each.mau)}</b>, value(each.stickiness.value, share)] : ['–', '–', '–', '–']; }}>
      <Chart height={220} spec={{ kind: 'lines', title: 'Active in 28 days by part', unit: 'count', isFromZero: true, names: answer.days.map((each) => day(each.day).replace(/ \d{4}$/, '')), series: parts.slice(0, 7).map((part) => ({ name: partName(part), values: answer.days.map((each) => part.days.find((one) => one.day === each.day)?.mau ?? null) })) }} />
    </PartTable>
  );
}

export function AdoptionParts({ answer }: { answer: AdoptionAnswer }): JSX.Element {
  const parts = answer.parts ?? [], last = latest(answer.periods);
  const of = (part: { periods: AdoptionAnswer['periods'] }): AdoptionAnswer['periods'][number] | undefined => part.periods.find((period) => period.start === last?.start);
  const most = Math.max(0.001, ...parts.map((part) => of(part)?.breadth.high ?? 0));
  return <PartTable dimension={answer.dimension} about={last ? `${shortLabel(last.label)}: who could and who did, with 95 % intervals` : ''} parts={parts} heads={['Could', 'Did', 'Share', <span key="bar" className="sr">Share as a bar</span>, 'Uses a user', 'Came back']}
    cells={(part) => { const each = of(part); return each ? [integer(each.eligible), integer(each.users), <b key="share">{value(each.breadth.value, share)}</b>, <Bar key="bar" value={each.breadth.value} low={each.breadth.low} high={each.breadth.high} most={most} />, decimal(each.depth, 1), value(each.retained.value, share)] : ['–', '–', '–', '', '–', '–']; }} />;
}
