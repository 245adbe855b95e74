import type { Option } from '@vendor/echarts';
import type { TrendSpec } from '../../api/types';
import type { Environment } from '../option';
import { shortened, sideLabels, type SideLabel } from '../sideLabels';
import { value } from '../../format/numbers';
import type { TrendFrame } from './frame';
import { partColor } from './series';

/** The words at the right edge that name each line, so that nobody has to look it up in a legend. */
export function endLabels(spec: TrendSpec, frame: TrendFrame, { tokens }: Environment): SideLabel[] {
  const labels: SideLabel[] = [];
  const add = (text: string, at: number | null | undefined, color: string, isStrong: boolean): void => {
    if (at != null && at >= frame.vertical.low && at <= frame.vertical.high) labels.push({ text, at, color, isStrong });
  };
  const target = frame.target[frame.target.length - 1]?.[1];
  add(`Target ${value(target, spec)}`, target, tokens.target, true);
  add(`Stretch ${value(spec.target?.stretch, spec)}`, spec.target?.stretch, tokens.target, false);
  add(`Floor ${value(spec.target?.floor, spec)}`, spec.target?.floor, tokens.target, false);
  add(`Benchmark ${value(spec.benchmark?.value, spec)}`, spec.benchmark?.value, tokens.note, false);
  frame.parts.forEach((part, index) => {
    const last = [...part.placed].reverse().find((each) => each.point.value !== null && each.point.complete);
    add(shortened(part.name, 16), last?.point.value, partColor(part.name, index, tokens.parts), true);
  });
  return labels;
}

/** Draws the labels beside the plot. */
export const labelSeries = (labels: SideLabel[], frame: TrendFrame): Option[] => sideLabels(labels, frame.end);

/** Thin lines across the plot: floor, stretch and benchmark. */
export function ruleLines(spec: TrendSpec, frame: TrendFrame, { tokens }: Environment): Option[] {
  const inside = (at: number | null | undefined): at is number => at != null && at >= frame.vertical.low && at <= frame.vertical.high;
  const rules = [
    { at: spec.target?.floor, color: tokens.target, type: 'solid', opacity: 0.42 },
    { at: spec.target?.stretch, color: tokens.target, type: 'solid', opacity: 0.42 },
    { at: spec.benchmark?.value, color: tokens.note, type: [1, 3], opacity: 0.9 },
  ];
  const data = rules.flatMap((rule) => (inside(rule.at)
    ? [{ yAxis: rule.at, lineStyle: { color: rule.color, width: 1, type: rule.type, opacity: rule.opacity } }] : []));
  return data.length === 0 ? [] : [{
    type: 'line', name: 'Rules', data: [], silent: true, z: 2,
    markLine: { silent: true, symbol: ['none', 'none'], animation: false, label: { show: false }, data },
  }];
}
