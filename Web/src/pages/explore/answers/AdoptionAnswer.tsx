import { useMemo } from 'react';
import type { AdoptionAnswer as Answer, AdoptionPeriod } from '../../../api/behaviour';
import type { BarsChart } from '../../../charts/bars/option';
import { Chart } from '../../../charts/Chart';
import { decimal, integer, interval, portion, share, value } from '../../../format/numbers';
import { CsvButton } from '../../../parts/CsvButton';
import { FitTable, type TableColumn } from '../../../parts/FitTable';
import { Figure, PanelCard } from '../../../panels/PanelCard';
import { latest } from '../latest';
import { Notes, periodName, Verdict } from './Answered';
import { shortLabel } from './labels';
import { Nothing } from './Nothing';
import { AdoptionParts } from './PartTables';

/** How many of those who could use a feature do, how much, and how long it took them. */
export function AdoptionAnswer({ answer }: { answer: Answer }): JSX.Element {
  const { periods, time_to_adopt: adopt } = answer;
  const chart = useMemo((): BarsChart => ({
    kind: 'bars', title: answer.title, unit: 'share', isLabelled: true, names: periods.map((each) => shortLabel(each.label)), open: periods.map((each) => !each.complete), openWords: 'This period still runs.',
    series: [{ name: 'Use it', tone: 'accent', values: periods.map((each) => each.breadth.value), low: periods.map((each) => each.breadth.low), high: periods.map((each) => each.breadth.high) }],
  }), [periods, answer.title]);
  const times = useMemo((): BarsChart => ({
    kind: 'bars', title: 'Time to adopt', unit: 'count', isLabelled: true, names: adopt?.distribution.map((each) => each.label.replace(/^within /, '')) ?? [], ...(adopt?.distribution.some((each) => each.label.startsWith('within ')) ? { axis: 'Within' } : {}), series: [{ name: 'People', tone: 'accent', values: adopt?.distribution.map((each) => each.people) ?? [] }],
  }), [adopt]);
  const last = latest(periods);
  if (!last || periods.every((each) => each.eligible === 0)) return <Nothing kind="adoption" title="Adoption">Nobody could have used it in this range.</Nothing>;
  return (
    <>
      <PanelCard kind="adoption" title={answer.adoption === 'explored' ? 'Adoption' : answer.title} about={`The share of those who could use it and did, by ${answer.grain}, with 95 % intervals`} notes={[]} table={<AdoptionTable answer={answer} />}
        tools={<CsvButton name={answer.adoption} head={['period', 'eligible', 'users', 'breadth', 'low', 'high', 'uses', 'uses a user', 'days a user', 'new adopters', 'retained', 'complete']} rows={() => periods.map((each) => [each.start, each.eligible, each.users, each.breadth.value, each.breadth.low, each.breadth.high, each.uses, each.depth, each.days_per_user, each.new_adopters, each.retained.value, each.complete])} />}>
        <dl className="figures">
          <Figure label={`Use it, ${shortLabel(last.label)}`} note={interval(last.breadth.low, last.breadth.high, share)}>{value(last.breadth.value, share)}</Figure>
          <Figure label="Users" note={`of ${integer(last.eligible)} who could`}>{integer(last.users)}</Figure>
          <Figure label="Uses a user" note={last.days_per_user === null ? undefined : `on ${decimal(last.days_per_user, 1)} days`}>{decimal(last.depth, 1)}</Figure>
          <Figure label="First time" note="new adopters">{integer(last.new_adopters)}</Figure>
          <Figure label="Came back to it" note={interval(last.retained.low, last.retained.high, share)}>{value(last.retained.value, share)}</Figure>
        </dl>
        <Chart spec={chart} height={260} />
        <Notes notes={answer.notes} />
      </PanelCard>
      {answer.parts && <AdoptionParts answer={answer} />}
      {adopt && (
        <PanelCard kind="time-to-adopt" title="Time to the first use" about={`${integer(adopt.adopters)} of ${integer(adopt.of)} who could have come to use it`} notes={[]}>
          <Chart spec={times} height={220} />
          {adopt.median_seconds !== null && <Verdict>Half of the adopters needed no more than <b>{value(adopt.median_seconds, { unit: 'duration' })}</b>; {portion(adopt.of > 0 ? adopt.adopters / adopt.of : 0)} of all have used it at least once.</Verdict>}
        </PanelCard>
      )}
    </>
  );
}

const columns: readonly TableColumn<AdoptionPeriod>[] = [
  { head: 'Could', cell: (each) => integer(each.eligible) }, { head: 'Did', narrow: 'beside', cell: (each) => integer(each.users) },
  { head: 'Share', narrow: 'beside', cell: (each) => <b>{value(each.breadth.value, share)}</b> }, { head: '95 % interval', cell: (each) => interval(each.breadth.low, each.breadth.high, share) ?? '–' },
  { head: 'Uses', cell: (each) => integer(each.uses) }, { head: 'Uses a user', cell: (each) => decimal(each.depth, 1) }, { head: 'Days a user', cell: (each) => decimal(each.days_per_user, 1) },
  { head: 'New', cell: (each) => integer(each.new_adopters) }, { head: 'Came back', cell: (each) => value(each.retained.value, share) },
];

const AdoptionTable = ({ answer }: { answer: Answer }): JSX.Element => (
  <FitTable caption={answer.title} head="Period" name={periodName} columns={columns} rows={answer.periods} rowKey={(each) => each.start} rowClass={(each) => (each.complete ? undefined : 'running')} />
);
