import type { Option } from '@vendor/echarts';
import { value, type Length, type Measure } from '../format/numbers';
import type { Environment } from './option';
import type { Extent } from './scale';
import { font } from './tokens';

/** What every chart has in common: type, colours, movement. */
export function base({ tokens, isAnimated }: Environment): Option {
  return {
    useUTC: true, backgroundColor: 'transparent', textStyle: { fontFamily: font, color: tokens.textSoft },
    animation: isAnimated ?? false, animationDuration: 420, animationDurationUpdate: 280, animationEasing: 'cubicOut',
  };
}

export function tooltipBase({ tokens }: Environment): Option {
  return {
    show: true, confine: true, className: 'chart-tip', padding: 0, borderWidth: 1, transitionDuration: 0.12,
    borderColor: tokens.tooltipBorder, backgroundColor: tokens.tooltip, textStyle: { color: tokens.text, fontFamily: font, fontSize: 12.5 },
  };
}

export function valueAxis({ low, high, step }: Extent, text: (at: number) => string, { tokens }: Environment): Option {
  return {
    type: 'value', min: low, max: high, interval: step, axisLine: { show: false }, axisTick: { show: false },
    splitLine: { lineStyle: { color: tokens.grid, width: 1 } },
    axisLabel: { color: tokens.textFaint, fontSize: 11.5, margin: 12, formatter: text },
  };
}

export function categoryAxis(names: string[], { tokens }: Environment, more: Option = {}): Option {
  return {
    type: 'category', data: names, axisLine: { lineStyle: { color: tokens.axis } }, axisTick: { show: false },
    axisLabel: { color: tokens.textFaint, fontSize: 11.5, margin: 10, interval: 0, hideOverlap: true, ...more },
  };
}

/** The words of a value axis: as short as they can be without two of them being the same. */
export function axisWords({ low, high, step }: Extent, measure: Measure): (at: number) => string {
  const marks: number[] = [];
  for (let at = low; at <= high + step / 2 && marks.length < 20; at += step) marks.push(at);
  const lengths: Length[] = ['axis', 'short', 'whole', 'full'];
  const found = lengths.find((length) => new Set(marks.map((at) => value(at, measure, length))).size === marks.length) ?? 'full';
  return (at) => value(at, measure, found);
}

/** The room that the words of a value axis need. */
export function axisRoom({ low, high, step }: Extent, text: (at: number) => string): number {
  let most = 1;
  for (let at = low, count = 0; at <= high + step / 2 && count < 20; at += step, count += 1) most = Math.max(most, text(at).length);
  return most * 6.3 + 16;
}

/** A caption under a horizontal axis, in the middle. */
export const axisName = (name: string, { tokens }: Environment): Option =>
  ({ name, nameLocation: 'middle', nameGap: 30, nameTextStyle: { color: tokens.textFaint, fontSize: 11.5, fontFamily: font } });
