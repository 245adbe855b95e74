import { useMemo } from 'react';
import type { LifecycleAnswer as Answer, LifecyclePeriod } from '../../../api/behaviour';
import { barColour, type BarsChart, type BarTone } from '../../../charts/bars/option';
import { Chart } from '../../../charts/Chart';
import type { LinesChart } from '../../../charts/lines/option';
import { sentence, within } from '../../../format/dates';
import { decimal, integer } from '../../../format/numbers';
import { CsvButton } from '../../../parts/CsvButton';
import { FitTable, type TableColumn } from '../../../parts/FitTable';
import { PanelCard } from '../../../panels/PanelCard';
import { useTokens } from '../../../shell/theme';
import { Notes, periodName, Verdict } from './Answered';
import { shortLabel } from './labels';
import { Nothing } from './Nothing';
import { LifecycleParts } from './PartTables';

const kinds = [['new', 'New', 'gain'], ['resurrected', 'Came back', 'back'], ['current', 'Stayed', 'accent'], ['dormant', 'Went quiet', 'loss']] as const;

/** Who is new, stayed, came back or went quiet; what is above the line is active, what is below is not any more. */
export function LifecycleAnswer({ answer }: { answer: Answer }): JSX.Element {
  const tokens = useTokens();
  const { periods } = answer;
  const complete = useMemo(() => periods.filter((each) => each.complete), [periods]);
  const chart = useMemo((): BarsChart => ({
    kind: 'bars', title: answer.title, unit: 'count', names: periods.map((each) => shortLabel(each.label)), open: periods.map((each) => !each.complete), openWords: 'This period still runs.',
    series: [...kinds].reverse().map(([key, name, tone]) => ({ name, tone: tone as BarTone, values: periods.map((each) => (key !== 'dormant' ? each[key] : each.complete ? -each.dormant : null)) })),
  }), [periods, answer.title]);
  const pulse = useMemo((): LinesChart => ({
    kind: 'lines', title: 'Pulse', unit: 'ratio', names: complete.map((each) => shortLabel(each.label)), isFromZero: true,
    series: [{ name: 'Pulse', values: complete.map((each) => each.pulse) }, { name: 'as many come as go', isQuiet: true, values: complete.map(() => 1) }],
  }), [complete]);
  const last = [...periods].reverse().find((each) => each.complete && each.pulse !== null);
  if (periods.every((each) => each.active === 0 && each.dormant === 0)) return <Nothing kind="lifecycle" title="Lifecycle">Nobody was active in this range.</Nothing>;
  return (
    <>
      <PanelCard kind="lifecycle" title={answer.lifecycle === 'explored' ? 'Lifecycle' : answer.title} about={`Each ${answer.grain} beside the one before`} notes={[]} table={<LifecycleTable answer={answer} />}
        tools={<CsvButton name={answer.lifecycle} head={['period', 'new', 'current', 'resurrected', 'dormant', 'active', 'pulse', 'complete']} rows={() => periods.map((each) => [each.start, each.new, each.current, each.resurrected, each.dormant, each.active, each.pulse, each.complete])} />}>
        <ul className="legend">{kinds.map(([key, name, tone]) => <li key={key} className="swatch-key"><svg width="12" height="12" aria-hidden="true"><rect width="12" height="12" rx="3" fill={barColour(tone, tokens)} /></svg>{name}</li>)}</ul>
        <Chart spec={chart} height={300} />
        {last?.pulse != null && <Verdict tone={last.pulse >= 1 ? 'good' : 'bad'}>{sentence(within(last.label))}, <b>{decimal(last.pulse, 2)}</b> came for each who went: {integer(last.new)} new and {integer(last.resurrected)} back, {integer(last.dormant)} went quiet.</Verdict>}
        <Notes notes={answer.notes} />
      </PanelCard>
      {answer.parts && <LifecycleParts answer={answer} />}
      <PanelCard kind="pulse" title="Pulse" about="How many came, new or back, for each who went quiet; above 1 the number of active people grows" notes={[]}><Chart spec={pulse} height={190} /></PanelCard>
    </>
  );
}

/** Why nobody has gone in a running period: who has not come yet may still come. */
const notGone = 'Known when the period is over';

const whyUnknown = (each: LifecyclePeriod): string | undefined => (each.complete ? undefined : notGone);
const columns: readonly TableColumn<LifecyclePeriod>[] = [
  { head: 'Active', narrow: 'beside', cell: (each) => <b>{integer(each.active)}</b> }, { head: 'New', cell: (each) => integer(each.new) }, { head: 'Stayed', cell: (each) => integer(each.current) }, { head: 'Came back', cell: (each) => integer(each.resurrected) },
  { head: 'Went quiet', title: whyUnknown, cell: (each) => (each.complete ? integer(each.dormant) : '–') }, { head: 'Pulse', narrow: 'beside', title: whyUnknown, cell: (each) => (each.complete ? decimal(each.pulse, 2) : '–') },
];

const LifecycleTable = ({ answer }: { answer: Answer }): JSX.Element => (
  <FitTable caption={answer.title} head="Period" name={periodName} columns={columns} rows={answer.periods} rowKey={(each) => each.start} rowClass={(each) => (each.complete ? undefined : 'running')} />
);
