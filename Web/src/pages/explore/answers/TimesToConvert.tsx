import { useState } from 'react';
import type { FunnelAnswer, FunnelStep, Quantiles } from '../../../api/behaviour';
import { time, value } from '../../../format/numbers';
import { CsvButton } from '../../../parts/CsvButton';
import { Name } from '../../../parts/Name';
import { Segments } from '../../../parts/Segments';
import { useNarrow } from '../../../parts/useNarrow';
import { PanelCard } from '../../../panels/PanelCard';
import { TableBox } from '../../../parts/TableBox';
import { barsOf, blocksOf, tallestOf, timeAxis, type Block, type TimeAxis } from './times';

const origins = [['first', 'From the start'], ['previous', 'From the step before']] as const;
const height = 40;

/** How long it takes to each step: a small histogram for each, all on one line of time. */
export function TimesToConvert({ answer }: { answer: FunnelAnswer }): JSX.Element | null {
  const [origin, setOrigin] = useState('first');
  const isNarrow = useNarrow();
  const timesOf = (step: FunnelStep): Quantiles | undefined => (origin === 'first' ? step.seconds_from_first : step.seconds_from_previous);
  const steps = answer.steps.filter((step) => step.step > 1 && step.seconds_from_first?.median != null);
  const rows = steps.map((step) => ({ step, times: timesOf(step), blocks: blocksOf(timesOf(step)) })).filter((row) => row.times?.median != null);
  const all = rows.flatMap((row) => row.blocks);
  if (all.length === 0) return null;
  const axis = timeAxis(all, isNarrow ? 3 : 6), tallest = tallestOf(all, axis);
  return (
    <PanelCard kind="times" title="Time to convert" about="Areas are shares of those who got there, between the fastest and the slowest tenth" notes={[]}
      tools={<><Segments label="Measured" value={origin} options={origins} onChange={setOrigin} /><CsvButton name={`${answer.funnel}-times`} head={['step', 'label', 'from', 'p10', 'p25', 'median', 'p75', 'p90']} rows={() => rows.map(({ step, times }) => [step.step, step.label, origin, times?.p10, times?.p25, times?.median, times?.p75, times?.p90])} /></>}>
      <TableBox label="Times to convert, data">
        <table className="data compact times">
          <caption className="sr">Seconds to convert by step</caption>
          <thead><tr><th scope="col">Step</th><th scope="col" className="times-column"><span className="sr">Distribution</span><Ticks axis={axis} /></th><th scope="col" className="times-more">Fastest tenth</th><th scope="col">Half within</th><th scope="col" className="times-more">Nine tenths within</th></tr></thead>
          <tbody>{rows.map(({ step, times, blocks }) => (
            <tr key={step.step}><th scope="row">{step.step}. <Name of={step.label} /></th><td className="times-column"><Histogram blocks={blocks} median={times?.median ?? 0} axis={axis} tallest={tallest} /></td><td className="times-more">{value(times?.p10, time)}</td><td><b>{value(times?.median, time)}</b></td><td className="times-more">{value(times?.p90, time)}</td></tr>
          ))}</tbody>
        </table>
      </TableBox>
    </PanelCard>
  );
}

const percent = (part: number): string => `${(part * 100).toFixed(2)}%`;

function Histogram({ blocks, median, axis, tallest }: { blocks: readonly Block[]; median: number; axis: TimeAxis; tallest: number }): JSX.Element {
  const at = percent(axis.place(median));
  return (
    <svg className="histogram" width="100%" height={height} aria-hidden="true">
      {axis.ticks.map((tick) => <line key={tick.seconds} className="histogram-rule" x1={percent(axis.place(tick.seconds))} x2={percent(axis.place(tick.seconds))} y1="0" y2={height} />)}
      {barsOf(blocks, axis, tallest).map((bar, index) => { const high = Math.max(2, bar.height * (height - 6)); return <rect key={index} className="histogram-bar" x={percent(bar.left)} width={percent(bar.width)} y={height - high} height={high} />; })}
      <line className="histogram-ground" x1="0" x2="100%" y1={height - 0.5} y2={height - 0.5} />
      <line className="histogram-median" x1={at} x2={at} y1="2" y2={height} />
    </svg>
  );
}

const Ticks = ({ axis }: { axis: TimeAxis }): JSX.Element => (
  <svg className="histogram-ticks" width="100%" height="14" aria-hidden="true">{axis.ticks.map((tick) => <text key={tick.seconds} x={percent(axis.place(tick.seconds))} y="11" textAnchor="middle">{tick.words}</text>)}</svg>
);
