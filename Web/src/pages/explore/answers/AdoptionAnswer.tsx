import { useMemo } from 'react';
import type { AdoptionAnswer as Answer } from '../../../api/behaviour';
import type { BarsChart } from '../../../charts/bars/option';
import { Chart } from '../../../charts/Chart';
import { decimal, integer, interval, portion, share, value } from '../../../format/numbers';
import { CsvButton } from '../../../parts/CsvButton';
import { Figure, PanelCard } from '../../../panels/PanelCard';
import { latest } from '../latest';
import { Notes, Verdict } from './Answered';
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
  if (!last || periods.every((each) => each.eligible === 0)) return <Nothing kind="adoption" title="Adoption" notes={answer.notes}>Nobody could have used it in this range.</Nothing>;
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

const AdoptionTable = ({ answer }: { answer: Answer }): JSX.Element => (
  <table className="data">
    <caption className="sr">{answer.title}</caption>
    <thead><tr><th scope="col">Period</th><th scope="col">Could</th><th scope="col">Did</th><th scope="col">Share</th><th scope="col">95 % interval</th><th scope="col">Uses</th><th scope="col">Uses a user</th><th scope="col">Days a user</th><th scope="col">New</th><th scope="col">Came back</th></tr></thead>
    <tbody>{answer.periods.map((each) => <tr key={each.start} className={each.complete ? undefined : 'running'}><th scope="row" className="period">{each.label}{!each.complete && <small> still runs</small>}</th><td>{integer(each.eligible)}</td><td>{integer(each.users)}</td><td><b>{value(each.breadth.value, share)}</b></td><td>{interval(each.breadth.low, each.breadth.high, share) ?? '–'}</td><td>{integer(each.uses)}</td><td>{decimal(each.depth, 1)}</td><td>{decimal(each.days_per_user, 1)}</td><td>{integer(each.new_adopters)}</td><td>{value(each.retained.value, share)}</td></tr>)}</tbody>
  </table>
);
