import { useMemo } from 'react';
import type { FunnelAnswer as Answer, FunnelStep } from '../../../api/behaviour';
import type { FunnelChart } from '../../../charts/funnel/option';
import { Chart } from '../../../charts/Chart';
import { change as changeText, integer, interval, plural, share, time, value } from '../../../format/numbers';
import { rangeText } from '../../../format/dates';
import { CsvButton } from '../../../parts/CsvButton';
import { PanelCard, RowsButton } from '../../../panels/PanelCard';
import { FitTable, type TableColumn } from '../../../parts/FitTable';
import { Name } from '../../../parts/Name';
import { TableBox } from '../../../parts/TableBox';
import { Notes, Verdict } from './Answered';
import { FunnelParts } from './FunnelParts';
import { FunnelTrend } from './FunnelTrend';
import { Nothing } from './Nothing';
import { showPeople } from './people';
import { TimesToConvert } from './TimesToConvert';

const countedWords: Record<string, string> = { people: 'People', attempts: 'Attempts', sessions: 'Sessions' };

/** How many get through each step, where most are lost, and how long it takes. */
export function FunnelAnswer({ answer }: { answer: Answer }): JSX.Element {
  const counted = countedWords[(answer.rules?.counting ?? 'people').split(' ')[0] ?? ''] ?? 'People';
  const chart = useMemo(() => funnelChart(answer, counted), [answer, counted]);
  const drop = answer.steps.findIndex((step) => step.label === answer.biggest_drop && step.dropped !== undefined);
  const people = (step: FunnelStep, dropped = false): void => showPeople({ step: String(dropped ? step.step - 1 : step.step), ...(dropped ? { dropped: 'true' } : {}) }, dropped ? `Stopped before ${step.label}` : `Reached ${step.label}`);
  if (answer.entries === 0) return <Nothing kind="funnel" title="Funnel">Nobody took the first step in this range. Choose a longer one, or another first step.</Nothing>;
  return (
    <>
      <PanelCard kind="funnel" title={answer.funnel === 'explored' ? 'Funnel' : answer.title} notes={[]}
        about={<><b>{value(answer.conversion.value, share)}</b> of {plural(answer.entries, counted.toLowerCase().replace(/s$|(eople)$/, (_, end: string | undefined) => (end ? 'erson' : '')), counted.toLowerCase())} get through{interval(answer.conversion.low, answer.conversion.high, share) && <> · 95 % interval {interval(answer.conversion.low, answer.conversion.high, share)}</>}</>}
        tools={<CsvButton name={answer.funnel} head={['step', 'label', 'reached', 'share of all', 'low', 'high', 'share of the step before', 'lost', 'median seconds from the start']} rows={() => answer.steps.map((step) => [step.step, step.label, step.count, step.conversion.value, step.conversion.low, step.conversion.high, step.from_previous?.value, step.dropped, step.seconds_from_first?.median])} />}>
        <Chart spec={chart} height={330} onPick={(name) => { const step = answer.steps[Number(name) - 1]; if (step) people(step); }} />
        {answer.comparison && <Compared answer={answer} />}
        {drop > 0 && answer.steps[drop] && (answer.steps[drop]!.dropped ?? 0) > 0 && <Verdict tone="bad"><b>{answer.steps[drop]!.label}</b> loses the most: {value(answer.steps[drop]!.from_previous?.value, share)} continue, {integer(answer.steps[drop]!.dropped)} are lost.</Verdict>}
        <TableBox className="funnel-table" label="Steps, data"><StepTable answer={answer} onPeople={people} /></TableBox>
        <Notes notes={answer.notes} />
      </PanelCard>
      {answer.parts && answer.parts.length > 0 && <FunnelParts answer={answer} />}
      <TimesToConvert answer={answer} />
      {answer.trend && answer.trend.length > 1 && <FunnelTrend answer={answer} />}
    </>
  );
}

function funnelChart(answer: Answer, counted: string): FunnelChart {
  const drop = answer.steps.findIndex((step) => step.label === answer.biggest_drop);
  const before = answer.comparison?.counts;
  return {
    kind: 'funnel', title: answer.title, unit: counted, drop: drop > 0 && (answer.steps[drop]?.dropped ?? 0) > 0 ? drop : null,
    bars: answer.steps.map((step, index) => ({
      label: step.optional ? `${step.label} (optional)` : step.label, count: step.count, share: step.conversion, fromPrevious: step.from_previous ?? null, dropped: step.dropped ?? null,
      median: step.seconds_from_first?.median == null ? null : value(step.seconds_from_first.median, time), before: before && before[0] ? (before[index] ?? 0) / before[0] : null,
    })),
  };
}

function StepTable({ answer, onPeople }: { answer: Answer; onPeople: (step: FunnelStep, dropped?: boolean) => void }): JSX.Element {
  const hasTimes = answer.steps.some((step) => step.seconds_from_first?.median != null);
  const columns: TableColumn<FunnelStep>[] = [
    { head: 'Reached', narrow: 'beside', cell: (step) => <RowsButton label={`${integer(step.count)} reached ${step.label}: show them`} onClick={() => onPeople(step)}>{integer(step.count)}</RowsButton> },
    { head: 'Of all', narrow: 'beside', cell: (step) => <b>{value(step.conversion.value, share)}</b> },
    { head: '95 % interval', cell: (step) => interval(step.conversion.low, step.conversion.high, share) ?? '–' },
    { head: 'Of the step before', cell: (step) => (step.from_previous ? value(step.from_previous.value, share) : '–') },
    { head: 'Lost', cell: (step) => (step.dropped === undefined ? '–' : <RowsButton label={`${integer(step.dropped)} stopped before ${step.label}: show them`} onClick={() => onPeople(step, true)}>{integer(step.dropped)}</RowsButton>) },
    ...(hasTimes ? [
      { head: 'Time, median', cell: (step: FunnelStep) => value(step.seconds_from_first?.median, time) },
      { head: 'Middle half', cell: (step: FunnelStep) => interval(step.seconds_from_first?.p25, step.seconds_from_first?.p75, time) ?? '–' },
    ] : []),
  ];
  return <FitTable className="compact" caption="How many reached each step" head="Step" name={(step) => <>{step.step}. <Name of={step.label} />{step.optional && <small className="quiet"> optional</small>}</>} columns={columns} rows={answer.steps} rowKey={(step) => step.step} />;
}

function Compared({ answer }: { answer: Answer }): JSX.Element {
  const { comparison } = answer, change = comparison?.change;
  if (comparison && (comparison.counts[0] ?? 0) === 0) return <p className="fine compared">Nobody took the first step in {rangeText(comparison.range)}, with which this would be compared.</p>;
  return (
    <p className="fine compared"><span className="key comparison" /><span>dashed: {rangeText(comparison?.range ?? '')}, {value(comparison?.conversion, share)} of {integer(comparison?.counts[0])}
      {change && <> · <b>{changeText(change.value, 'pp', share)}</b>{change.within_noise === null ? '' : change.within_noise ? ', within noise' : ', beyond noise'}</>}</span></p>
  );
}
