import type { Option } from '@vendor/echarts';
import type { TrendSpec } from '../../api/types';
import { tick } from '../../format/dates';
import { value } from '../../format/numbers';
import type { Environment } from '../option';
import { font } from '../tokens';
import { annotationSeries, marked, needsLetters } from './annotations';
import { trendFrame, type TrendFrame } from './frame';
import { endLabels, labelSeries, ruleLines } from './labels';
import { actualSeries, bandSeries, comparisonSeries, lastPoint, partSeries, runningSeries, targetSeries } from './series';
import { trendTip } from './tooltip';

/** Widths below this have no room for labels beside the plot. */
export const narrowWidth = 520;

/** Where things go at a width: margins for the axis and the labels, and whether annotations need letters. */
export function trendLayout(spec: TrendSpec, environment: Environment) {
  const frame = trendFrame(spec);
  const isNarrow = environment.width < narrowWidth;
  const labels = isNarrow ? [] : endLabels(spec, frame, environment);
  const left = Math.max(...axisTexts(spec, frame).map((text) => text.length)) * 6.3 + 16;
  const right = labels.length === 0 ? (isNarrow ? 14 : 22) : Math.max(...labels.map((label) => label.text.length)) * 6.4 + 18;
  const marks = marked(spec, frame);
  return { frame, labels, left, right, marks, isLettered: needsLetters(marks, frame, environment.width - left - right) };
}

export function trendOption(spec: TrendSpec, environment: Environment): Option {
  const { tokens } = environment;
  const { frame, labels, left, right, marks, isLettered } = trendLayout(spec, environment);

  return {
    useUTC: true, backgroundColor: 'transparent', textStyle: { fontFamily: font, color: tokens.textSoft },
    animation: environment.isAnimated ?? false, animationDuration: 420, animationDurationUpdate: 280, animationEasing: 'cubicOut',
    grid: { left, right, top: marks.length > 0 ? 34 : 16, bottom: 36 },
    tooltip: tooltip(spec, frame, environment),
    xAxis: timeAxis(spec, frame, environment),
    yAxis: {
      type: 'value', min: frame.vertical.low, max: frame.vertical.high, interval: frame.vertical.step,
      axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: tokens.grid, width: 1 } },
      axisLabel: { color: tokens.textFaint, fontSize: 11.5, margin: 12, formatter: (at: number) => value(at, spec, 'axis') },
    },
    series: [
      ...futureArea(frame, environment), ...bandSeries(frame, environment), ...ruleLines(spec, frame, environment),
      ...targetSeries(frame, environment), ...comparisonSeries(frame, environment), ...runningSeries(frame, environment),
      ...(frame.actual.length > 0 ? [actualSeries(frame, environment)] : []), ...partSeries(frame, environment),
      ...lastPoint(spec, frame, environment), ...annotationSeries(marks, isLettered, environment), ...labelSeries(labels, frame),
    ],
  };
}

function axisTexts(spec: TrendSpec, frame: TrendFrame): string[] {
  const texts: string[] = [''];
  const { low, high, step } = frame.vertical;
  for (let at = low; at <= high + step / 2 && texts.length < 20; at += step) texts.push(value(at, spec, 'axis'));
  return texts;
}

function timeAxis(spec: TrendSpec, frame: TrendFrame, { tokens, width }: Environment): Option {
  return {
    type: 'time', min: frame.start, max: frame.end, boundaryGap: false,
    axisLine: { lineStyle: { color: tokens.axis } }, axisTick: { show: false }, splitLine: { show: false },
    splitNumber: Math.max(3, Math.min(9, Math.round(width / 105))), minInterval: spec.grain === 'hour' ? 3_600_000 : 86_400_000,
    axisLabel: {
      color: tokens.textFaint, fontSize: 11.5, hideOverlap: true, margin: 10, lineHeight: 14, showMaxLabel: false,
      formatter: (at: number) => tick(at, spec.grain),
    },
  };
}

function tooltip(spec: TrendSpec, frame: TrendFrame, environment: Environment): Option {
  const { tokens } = environment;
  return {
    show: true, trigger: 'axis', confine: true, className: 'chart-tip', padding: 0, borderWidth: 1, transitionDuration: 0.12,
    borderColor: tokens.tooltipBorder, backgroundColor: tokens.tooltip, textStyle: { color: tokens.text, fontFamily: font, fontSize: 12.5 },
    axisPointer: { type: 'line', snap: true, lineStyle: { color: tokens.textFaint, width: 1, type: 'solid', opacity: 0.55 } },
    formatter: trendTip(spec, frame, marked(spec, frame), environment),
  };
}

/** A faint ground under what is planned but has not happened. */
function futureArea(frame: TrendFrame, { tokens }: Environment): Option[] {
  if (frame.future === undefined) return [];
  return [{
    type: 'line', name: 'Future', data: [], silent: true, z: 0,
    markArea: { silent: true, label: { show: false }, itemStyle: { color: tokens.future }, data: [[{ xAxis: frame.future }, { xAxis: frame.end }]] },
  }];
}
