import type { Option } from '@vendor/echarts';
import { interval, value, type Measure } from '../../format/numbers';
import type { Environment } from '../option';
import { extent } from '../scale';
import { axisName, axisRoom, axisWords, base, categoryAxis, tooltipBase, valueAxis } from '../shared';
import { shortened, sideLabels, sideRoom } from '../sideLabels';
import type { Tokens } from '../tokens';

export interface LineSeries { name: string; values: (number | null)[]; low?: (number | null)[]; high?: (number | null)[]; isQuiet?: boolean; isDashed?: boolean }
/** Lines over names in an order, each named at its end; quiet ones stay in the background, dashed ones are what is compared with. */
export interface LinesChart extends Measure { kind: 'lines'; title: string; names: string[]; series: LineSeries[]; axis?: string; isFromZero?: boolean; tipTitle?: (name: string) => string }

interface Item { dataIndex: number }

/** The narrowest picture that has room for names beside its lines. */
const labelledFrom = 460;
const nameMax = 18;

/** A line as a legend names it: its last value, and how it is drawn. */
export interface LineKey { name: string; value: string; color: string; isDashed: boolean }

/** The lines that a picture of this width cannot name at their ends; none where it does, or where there is one only. */
export function linesKeys(spec: LinesChart, tokens: Tokens, width: number): LineKey[] {
  const loud = spec.series.filter((each) => !each.isQuiet);
  if (width > labelledFrom || loud.length < 2) return [];
  return loud.map((each) => ({ name: each.name, value: value(lastOf(each), spec), color: lineColour(spec, each, tokens), isDashed: each.isDashed ?? false }));
}

const lastOf = (each: LineSeries): number | null => [...each.values].reverse().find((number) => number !== null) ?? null;

function lineColour(spec: LinesChart, each: LineSeries, tokens: Tokens): string {
  if (each.isQuiet || each.isDashed) return tokens.comparison;
  return tokens.parts[spec.series.filter((one) => !one.isQuiet && !one.isDashed).indexOf(each) % tokens.parts.length] ?? tokens.accent;
}

export function linesOption(spec: LinesChart, environment: Environment): Option {
  const { tokens, width } = environment;
  const all = spec.series.flatMap((each) => [...each.values, ...(each.high ?? []), ...(each.low ?? [])]).flatMap((each) => (each === null ? [] : [each]));
  const vertical = extent(spec.isFromZero ? [0, ...all] : all, 4, spec.unit === 'count');
  if (spec.unit === 'share') vertical.high = Math.min(vertical.high, Math.max(1, ...all));
  const words = axisWords(vertical, spec);
  const loud = spec.series.filter((each) => !each.isQuiet);
  const colour = (each: LineSeries): string => lineColour(spec, each, tokens);
  const labels = loud.flatMap((each) => { const last = lastOf(each); return last === null ? [] : [{ text: `${shortened(each.name, nameMax)} ${value(last, spec)}`, at: last, color: each.isDashed ? tokens.textFaint : colour(each), isStrong: !each.isDashed }]; });
  const hasLabels = width > labelledFrom && loud.length > 0;
  const step = Math.max(1, Math.ceil((spec.names.length * (Math.max(1, ...spec.names.map((name) => name.length)) + 1) * 7.4) / Math.max(80, width - 120)));
  return {
    ...base(environment),
    grid: { left: axisRoom(vertical, words), right: hasLabels ? sideRoom(labels) : 12, top: 12, bottom: spec.axis === undefined ? 28 : 46 },
    xAxis: { ...categoryAxis(spec.names, environment, { interval: (index: number) => index % step === 0 }), boundaryGap: false, ...(spec.axis === undefined ? {} : axisName(spec.axis, environment)) },
    yAxis: valueAxis(vertical, words, environment),
    tooltip: {
      ...tooltipBase(environment), trigger: 'axis', axisPointer: { type: 'line', lineStyle: { color: tokens.axis } },
      formatter: (items: Item[]) => { const index = items[0]?.dataIndex; return index === undefined || !environment.tip ? '' : environment.tip(spec.tipTitle?.(spec.names[index] ?? '') ?? spec.names[index] ?? '', loud.flatMap((each) => { const bounds = interval(each.low?.[index], each.high?.[index], spec); return [{ color: colour(each), isDashed: each.isDashed ?? false, label: each.name, value: value(each.values[index], spec) }, ...(bounds ? [{ label: '95 % interval', value: bounds, isMuted: true }] : [])]; })); },
    },
    series: [
      ...spec.series.flatMap((each) => (each.low && each.high ? band(each, tokens.band) : [])),
      ...spec.series.map((each) => ({
        type: 'line', name: each.name, data: each.values, z: each.isQuiet ? 2 : 5, showSymbol: !each.isQuiet && !each.isDashed && spec.names.length <= 16, symbol: 'circle', symbolSize: 5, connectNulls: false, silent: each.isQuiet ?? false,
        lineStyle: { color: colour(each), width: each.isQuiet ? 1 : 2.3, opacity: each.isQuiet ? 0.35 : 1, ...(each.isDashed ? { type: 'dashed' } : {}) }, itemStyle: { color: colour(each) }, emphasis: { disabled: each.isQuiet ?? false },
      })),
      ...(hasLabels ? sideLabels(labels, spec.names.length - 1) : []),
    ],
  };
}

/** The interval of a line as a soft area: an invisible lower line with the width stacked on it. */
function band(series: LineSeries, colour: string): Option[] {
  const stack = `band ${series.name}`;
  const part = (data: (number | null)[], fill: string): Option => ({ type: 'line', name: stack, stack, data, silent: true, symbol: 'none', z: 1, lineStyle: { opacity: 0 }, areaStyle: { color: fill, opacity: fill === 'transparent' ? 0 : 1 }, tooltip: { show: false }, emphasis: { disabled: true } });
  return [part(series.low ?? [], 'transparent'), part((series.high ?? []).map((high, index) => { const low = series.low?.[index]; return high === null || low == null ? null : high - low; }), colour)];
}
