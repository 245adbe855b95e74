import { useMemo } from 'react';
import type { ActivityAnswer as Answer, ActivityDay } from '../../../api/behaviour';
import type { BarsChart } from '../../../charts/bars/option';
import { Chart } from '../../../charts/Chart';
import type { LinesChart } from '../../../charts/lines/option';
import { day } from '../../../format/dates';
import { integer, interval, portion, share, value } from '../../../format/numbers';
import { CsvButton } from '../../../parts/CsvButton';
import { FitTable, type TableColumn } from '../../../parts/FitTable';
import { Figure, PanelCard } from '../../../panels/PanelCard';
import { latest } from '../latest';
import { Notes, Verdict } from './Answered';
import { Nothing } from './Nothing';
import { ActivityParts } from './PartTables';

const columns: readonly TableColumn<ActivityDay>[] = [
  { head: 'That day', narrow: 'beside', cell: (each) => integer(each.dau) }, { head: '7 days', cell: (each) => integer(each.wau) },
  { head: '28 days', narrow: 'beside', cell: (each) => integer(each.mau) }, { head: 'Stickiness', cell: (each) => value(each.stickiness.value, share) },
];

/** A running day is not drawn, since it still grows. */
const known = (day: ActivityDay, count: number): number | null => (day.complete === false ? null : count);

/** Active people a day, in the 7 and in the 28 days that end with it, and on how many days they came. */
export function ActivityAnswer({ answer }: { answer: Answer }): JSX.Element {
  const { days, frequency } = answer;
  const lines = useMemo((): LinesChart => ({
    kind: 'lines', title: answer.title, unit: 'count', isFromZero: true, names: days.map((each) => day(each.day).replace(/ \d{4}$/, '')),
    series: [{ name: '28 days', values: days.map((each) => known(each, each.mau)) }, { name: '7 days', values: days.map((each) => known(each, each.wau)) }, { name: 'A day', values: days.map((each) => known(each, each.dau)) }],
  }), [days, answer.title]);
  const often = useMemo((): BarsChart => ({
    kind: 'bars', title: 'How often people came', unit: 'count', names: frequency.map((each) => String(each.days)), axis: 'Days of the last 28', series: [{ name: 'People', tone: 'accent', values: frequency.map((each) => each.people) }],
  }), [frequency]);
  const last = latest(days), total = frequency.reduce((sum, each) => sum + each.people, 0);
  const daily = frequency.filter((each) => each.days >= 20).reduce((sum, each) => sum + each.people, 0);
  if (!last || days.every((each) => each.mau === 0)) return <Nothing kind="activity" title="Active people">Nobody was active in this range.</Nothing>;
  const table = <FitTable caption={answer.title} head="Day" name={(each) => day(each.day)} columns={columns} rows={[...days].reverse()} rowKey={(each) => each.day} />;
  return (
    <>
      <PanelCard kind="activity" title={answer.activity === 'explored' ? 'Active people' : answer.title} about="On each day, and in the 7 and 28 days that end with it" notes={[]} table={table}
        tools={<CsvButton name={answer.activity} head={['day', 'dau', 'wau', 'mau', 'stickiness']} rows={() => days.map((each) => [each.day, each.dau, each.wau, each.mau, each.stickiness.value])} />}>
        <dl className="figures">
          <Figure label={day(last.day)}>{integer(last.dau)}</Figure><Figure label="7 days">{integer(last.wau)}</Figure><Figure label="28 days">{integer(last.mau)}</Figure>
          <Figure label="Stickiness" note={interval(last.stickiness.low, last.stickiness.high, share) ?? 'a day ÷ 28 days'}>{value(last.stickiness.value, share)}</Figure>
        </dl>
        <Chart spec={lines} height={280} />
        <Notes notes={answer.notes} />
      </PanelCard>
      {answer.parts && <ActivityParts answer={answer} />}
      <PanelCard kind="frequency" title="How often they come" about="People by the number of days of the last 28 on which they came" notes={[]}>
        <Chart spec={often} height={230} />
        {total > 0 && <Verdict>{portion(daily / total)} came on 20 days or more, {portion((frequency[0]?.people ?? 0) / total)} on one day only.</Verdict>}
      </PanelCard>
    </>
  );
}
