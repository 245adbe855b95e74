import type { SurvivalCurve, TrendSpec } from '../api/types';
import { ageText } from '../format/ages';
import { difference, integer, interval, portion, signed, value } from '../format/numbers';
import { bridgeSteps } from './bridge/steps';
import type { BarsChart } from './bars/option';
import type { ChartSpec } from './option';
import { eventWords } from './sankey/option';
import { lastProjected } from './survival/curve';
import { trendFrame } from './trend/frame';

/** One sentence that says what the chart shows, for readers who do not see it. */
export function summary(spec: ChartSpec): string {
  switch (spec.kind) {
    case 'trend': return trendSummary(spec);
    case 'bridge': return `${spec.title}, ${spec.period.label}: ${bridgeSteps(spec.period, spec.hasExchange).map((step) => `${step.name.toLowerCase()} ${step.role === 'level' ? value(step.amount, spec) : signed(step.amount, spec)}`).join(', ')}.`;
    case 'survival': return `${spec.title}: ${spec.curves.map((curve) => `${curve.name}, ${integer(curve.customers)} at the start, ${curve.median === null ? 'median not reached' : `median ${ageText(curve.median, spec.ages)}`}${projection(curve, spec.ages)}`).join('; ')}.`;
    case 'opinion': return `${spec.title}: ${spec.groups.map((group) => `${portion(group.share)} ${group.name}`).join(', ')} of ${integer(spec.n)} answers.`;
    case 'distribution': return `${spec.title}: how many of ${integer(spec.customers)} customers lie in each of ${spec.bins.length} ranges.`;
    case 'repeats': return `${spec.title}: ${spec.check.map((each) => `${each.repeats} repeats, ${integer(each.actual)} customers, ${integer(each.expected)} expected`).join('; ')}.`;
    case 'scatter': return `${spec.title}: ${integer(spec.shown)} points; ${spec.percentiles.map((each) => `${each.rank} % within ${value(each.value, spec)}`).join(', ')}.`;
    case 'funnel': return `${spec.title}: ${spec.bars.map((bar) => `${bar.label} ${integer(bar.count)} (${portion(bar.share.value ?? 0)})`).join(', ')}.`;
    case 'bars': return `${spec.title}: ${barsSummary(spec)}.`;
    case 'lines': return `${spec.title}: ${spec.series.filter((each) => !each.isQuiet).map((each) => `${each.name} from ${value(each.values.find((number) => number !== null), spec)} to ${value([...each.values].reverse().find((number) => number !== null), spec)}`).join(', ')}.`;
    case 'sankey': return `${spec.title}: ${spec.positions.map((each) => `${each.position}. ${each.nodes.slice(0, 3).map((node) => `${eventWords(node.event)} ${integer(node.count)}`).join(', ')}`).join('; ')}.`;
  }
}

/** The newest of the bars, complete ones first. */
function barsSummary(spec: BarsChart): string {
  const complete = spec.names.map((_, index) => index).filter((index) => !spec.open?.[index]);
  const last = complete[complete.length - 1] ?? spec.names.length - 1;
  return `${spec.names.length} bars; ${spec.names[last] ?? ''}: ${spec.series.map((each) => `${each.name} ${value(each.values[last] === null ? null : Math.abs(each.values[last] ?? 0), spec)}`).join(', ')}`;
}

function projection(curve: SurvivalCurve, ages: string): string {
  const last = lastProjected(curve);
  return last ? `, ${portion(last.value)} projected to be left after ${ageText(last.time, ages)}` : '';
}

function trendSummary(spec: TrendSpec): string {
  const frame = trendFrame(spec);
  const last = frame.lastComplete?.point;
  if (frame.parts.length > 0) {
    const said = frame.parts.map((part) => `${part.name} ${value([...part.placed].reverse().find((each) => each.point.complete)?.point.value, spec)}`);
    return `${spec.title} by part, latest complete period: ${said.join(', ')}.`;
  }
  if (!last) return `${spec.title}: no complete period with data.`;
  const bounds = interval(last.low, last.high, spec);
  const target = frame.target.find((each) => each[0] === frame.lastComplete?.at)?.[1];
  const first = frame.actual.find((each) => each.point.value !== null)?.point;
  return [
    `${spec.title}: ${value(last.value, spec)} in ${last.label}`,
    bounds ? `, 95 % interval ${bounds}` : '',
    target !== undefined && last.value !== null ? `, ${difference(last.value, target, spec)} against the target path` : '',
    first && first !== last ? `. It was ${value(first.value, spec)} in ${first.label}` : '', '.',
  ].join('');
}
