import type { ReactNode } from 'react';
import type { ActivityAnswer, AdoptionAnswer, AdoptionPeriod, LifecycleAnswer, RetentionAnswer, RetentionPart } from '../../../api/behaviour';
import { Bar } from '../../../charts/Bar';
import { Chart } from '../../../charts/Chart';
import { agesTitle } from '../../../format/ages';
import { day } from '../../../format/dates';
import { inWords } from '../../../format/names';
import { decimal, integer, interval, share, value } from '../../../format/numbers';
import { PanelCard } from '../../../panels/PanelCard';
import { FitTable, type TableColumn } from '../../../parts/FitTable';
import { Name } from '../../../parts/Name';
import { TableBox } from '../../../parts/TableBox';
import { latest } from '../latest';
import { partName } from './Answered';
import { Difference } from './Difference';
import { shortLabel } from './labels';

interface Part { value: string | null; kind: string }
type PartOf<Answer extends { parts?: Part[] }> = NonNullable<Answer['parts']>[number];

/** A table with a row for each value of the breakdown. */
function PartTable<Each extends Part>({ dimension, about, parts, columns, children }: { dimension: string | undefined; about: string; parts: Each[]; columns: readonly TableColumn<Each>[]; children?: ReactNode }): JSX.Element {
  const name = inWords(dimension ?? 'part');
  return (
    <PanelCard kind="parts" title={`By ${name}`} about={about} notes={[]}>
      {children}
      <TableBox label={`By ${name}, data`}>
        <FitTable caption={`By ${name}`} head={name} name={(part) => <Name of={partName(part)} />} columns={columns} rows={parts} rowKey={(part) => part.kind + (part.value ?? '')} rowClass={(part) => (part.kind === 'value' ? undefined : 'rest')} />
      </TableBox>
    </PanelCard>
  );
}

/** Columns that tell of each part what it was in one period; a dash where it has none. */
function columnsOf<Each, Period>(of: (part: Each) => Period | undefined, columns: readonly TableColumn<Period>[]): TableColumn<Each>[] {
  return columns.map((column): TableColumn<Each> => ({ ...column, title: undefined, cell: (part) => { const period = of(part); return period === undefined ? '–' : column.cell(period); } }));
}

/** The average of each part at some ages, and where it differs from the others. */
export function RetentionParts({ answer }: { answer: RetentionAnswer }): JSX.Element {
  const parts = answer.parts ?? [];
  const some = (parts[0]?.averages ?? []).map((_, index) => index).filter((index) => index > 0 && parts.some((part) => part.averages[index]?.share.value != null));
  const ages = some.filter((_, at) => at < 2 || at === some.length - 1 || at % Math.max(1, Math.ceil(some.length / 3)) === 0).slice(0, 4);
  return <PartTable dimension={answer.dimension} about="Who came back, pooled over complete cells, and whether it differs from all others" parts={parts} columns={[
    { head: 'Size', cell: (part) => integer(part.size) },
    ...ages.map((index, at): TableColumn<RetentionPart> => ({
      head: `${agesTitle(answer.age)} ${parts[0]?.averages[index]?.age ?? ''}`, narrow: at === 0 || at === ages.length - 1 ? 'beside' : undefined,
      title: (part) => interval(part.averages[index]?.share.low, part.averages[index]?.share.high, share),
      cell: (part) => { const each = part.averages[index]; return each ? <span><b>{value(each.share.value, share)}</b> {each.difference && <Difference of={each.difference} />}</span> : '–'; },
    })),
  ]} />;
}

export function LifecycleParts({ answer }: { answer: LifecycleAnswer }): JSX.Element {
  const last = latest(answer.periods);
  return <PartTable dimension={answer.dimension} about={last?.label ?? ''} parts={answer.parts ?? []} columns={columnsOf((part: PartOf<LifecycleAnswer>) => part.periods.find((period) => period.start === last?.start), [
    { head: 'Active', narrow: 'beside', cell: (each) => <b>{integer(each.active)}</b> }, { head: 'New', cell: (each) => integer(each.new) }, { head: 'Stayed', cell: (each) => integer(each.current) },
    { head: 'Came back', cell: (each) => integer(each.resurrected) }, { head: 'Went quiet', cell: (each) => integer(each.dormant) }, { head: 'Pulse', narrow: 'beside', cell: (each) => decimal(each.pulse, 2) },
  ])} />;
}

export function ActivityParts({ answer }: { answer: ActivityAnswer }): JSX.Element {
  const parts = answer.parts ?? [], last = latest(answer.days);
  return (
    <PartTable dimension={answer.dimension} about={`Active in 28 days, and ${last ? day(last.day) : 'the last day'} in numbers`} parts={parts} columns={columnsOf((part: PartOf<ActivityAnswer>) => part.days.find((one) => one.day === last?.day), [
      { head: 'That day', cell: (each) => integer(each.dau) }, { head: '7 days', cell: (each) => integer(each.wau) },
      { head: '28 days', narrow: 'beside', cell: (each) => <b>{integer(each.mau)}</b> }, { head: 'Stickiness', narrow: 'beside', cell: (each) => value(each.stickiness.value, share) },
    ])}>
      <Chart height={220} spec={{ kind: 'lines', title: 'Active in 28 days by part', unit: 'count', isFromZero: true, names: answer.days.map((each) => day(each.day).replace(/ \d{4}$/, '')), series: parts.slice(0, 7).map((part) => ({ name: partName(part), values: answer.days.map((each) => part.days.find((one) => one.day === each.day)?.mau ?? null) })) }} />
    </PartTable>
  );
}

export function AdoptionParts({ answer }: { answer: AdoptionAnswer }): JSX.Element {
  const parts = answer.parts ?? [], last = latest(answer.periods);
  const of = (part: { periods: AdoptionPeriod[] }): AdoptionPeriod | undefined => part.periods.find((period) => period.start === last?.start);
  const most = Math.max(0.001, ...parts.map((part) => of(part)?.breadth.high ?? 0));
  return <PartTable dimension={answer.dimension} about={last ? `${shortLabel(last.label)}: who could and who did, with 95 % intervals` : ''} parts={parts} columns={columnsOf(of, [
    { head: 'Could', cell: (each) => integer(each.eligible) }, { head: 'Did', narrow: 'beside', cell: (each) => integer(each.users) }, { head: 'Share', narrow: 'beside', cell: (each) => <b>{value(each.breadth.value, share)}</b> },
    { head: <span className="sr">Share as a bar</span>, narrow: 'never', className: 'bar-column', cell: (each) => <Bar value={each.breadth.value} low={each.breadth.low} high={each.breadth.high} most={most} /> },
    { head: 'Uses a user', cell: (each) => decimal(each.depth, 1) }, { head: 'Came back', cell: (each) => value(each.retained.value, share) },
  ])} />;
}
