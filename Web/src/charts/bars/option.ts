import type { Option } from '@vendor/echarts';
import { interval, value, type Measure } from '../../format/numbers';
import type { Environment, TipRow } from '../option';
import { extent } from '../scale';
import { axisName, axisRoom, axisWords, base, categoryAxis, tooltipBase, valueAxis } from '../shared';
import { font, type Tokens } from '../tokens';

export type BarTone = 'accent' | 'gain' | 'loss' | 'quiet' | 'back';
export interface BarSeries { name: string; tone: BarTone; values: (number | null)[]; low?: (number | null)[]; high?: (number | null)[] }
/** Bars, stacked where there are several series; those of periods that are still open are hatched. */
export interface BarsChart extends Measure {
  kind: 'bars'; title: string; names: string[]; series: BarSeries[]; open?: boolean[]; isLabelled?: boolean; axis?: string; openWords?: string; notes?: (string | undefined)[];
}

interface Item { dataIndex: number; seriesIndex?: number }
interface Api { value(at: number): number; coord(point: [number, number]): [number, number] }

export const barColour = (tone: BarTone, tokens: Tokens): string =>
  ({ accent: tokens.accent, gain: tokens.gain, loss: tokens.loss, quiet: tokens.quiet, back: tokens.parts[3] ?? tokens.comparison })[tone];

export function barsOption(spec: BarsChart, environment: Environment): Option {
  const { tokens, width, tip } = environment;
  const totals = spec.names.map((_, index) => spec.series.reduce((sum, each) => [sum[0] + Math.max(0, each.values[index] ?? 0), sum[1] + Math.min(0, each.values[index] ?? 0)] as [number, number], [0, 0] as [number, number]));
  const highs = spec.series.flatMap((each) => each.high ?? []).flatMap((each) => (each === null ? [] : [each]));
  // An interval that is far wider than the bars are high is cut off at the top, or a period with three people would flatten all others.
  const tallest = Math.max(0, ...totals.flat()), reach = tallest > 0 ? tallest * 2.2 : Infinity;
  const vertical = extent([0, ...totals.flat(), ...highs.map((each) => Math.min(each, reach))], 4, spec.unit === 'count');
  if (totals.every(([, below]) => below === 0)) vertical.low = 0;
  if (spec.unit === 'share') vertical.high = Math.min(vertical.high, Math.max(1, ...highs));
  const words = axisWords(vertical, spec), isTight = spec.names.length > 40, hasRoom = spec.names.length * 46 < width;
  const step = Math.max(1, Math.ceil((spec.names.length * longest(spec.names) * 7.2) / Math.max(80, width - 60)));
  return {
    ...base(environment),
    grid: { left: axisRoom(vertical, words), right: 8, top: spec.isLabelled ? 22 : 10, bottom: spec.axis === undefined ? 28 : 46 },
    xAxis: { ...categoryAxis(spec.names, environment, { interval: (index: number) => index % step === 0, hideOverlap: true }), ...(spec.axis === undefined ? {} : axisName(spec.axis, environment)) },
    yAxis: valueAxis(vertical, (at) => words(Math.abs(at)), environment),
    tooltip: { ...tooltipBase(environment), trigger: 'axis', axisPointer: { type: 'shadow', shadowStyle: { color: tokens.future } }, formatter: (items: Item[]) => (tip && items[0] ? barsTip(spec, items[0].dataIndex, environment) : '') },
    series: [...spec.series.map((each, at) => ({
      type: 'bar', name: each.name, stack: 'all', barCategoryGap: isTight ? '12%' : '28%', barMaxWidth: 54, cursor: 'default',
      data: each.values.map((number, index) => ({
        value: number,
        itemStyle: { color: barColour(each.tone, tokens), borderRadius: isEnd(spec, at, index) ? (number ?? 0) < 0 ? [0, 0, 3, 3] : [3, 3, 0, 0] : 0, ...(spec.open?.[index] ? { decal: hatch(tokens), opacity: 0.75 } : {}) },
      })),
      label: spec.isLabelled && spec.series.length === 1 && !each.high ? { show: true, position: 'top', distance: 4, color: tokens.textSoft, fontSize: 11, fontWeight: 600, formatter: ({ dataIndex }: Item) => (hasRoom ? value(each.values[dataIndex], spec, 'short') : '') } : { show: false },
    })), ...spec.series.flatMap((each) => whiskers(each, spec, vertical.high, hasRoom && spec.isLabelled === true, tokens))],
  };
}

/** Slanted lines: what has them may still change. */
const hatch = (tokens: Tokens): Option => ({ symbol: 'rect', symbolSize: 1, color: tokens.surface, dashArrayX: [1, 0], dashArrayY: [3, 3], rotation: -Math.PI / 4 });

/** The intervals of a series across the tops of its bars, and its values above them; without an end where one goes beyond `top`. */
function whiskers(series: BarSeries, spec: BarsChart, top: number, isLabelled: boolean, tokens: Tokens): Option[] {
  const { low, high } = series;
  if (!low || !high) return [];
  return [{
    type: 'custom', name: `${series.name}, interval`, silent: true, z: 6, tooltip: { show: false }, encode: { x: 0, y: [1, 2] },
    data: series.values.flatMap((_, index) => (low[index] == null || high[index] == null ? [] : [[index, low[index], high[index]]])),
    renderItem: (_: unknown, api: Api) => {
      const [x, from] = api.coord([api.value(0), api.value(1)]), to = api.coord([api.value(0), Math.min(api.value(2), top)])[1], isCut = api.value(2) > top;
      const line = (x1: number, y1: number, x2: number, y2: number): unknown => ({ type: 'line', silent: true, shape: { x1, y1, x2, y2 }, style: { stroke: tokens.text, lineWidth: 1.3, opacity: 0.7 } });
      const words = isLabelled ? [{ type: 'text', silent: true, x, y: to - 5, style: { text: value(series.values[api.value(0)], spec, 'short'), fill: tokens.textSoft, font: `600 11px ${font}`, align: 'center', verticalAlign: 'bottom' } }] : [];
      return { type: 'group', children: [line(x, from, x, to), line(x - 3, from, x + 3, from), ...(isCut ? [] : [line(x - 3, to, x + 3, to)]), ...words] };
    },
  }];
}

const longest = (names: string[]): number => Math.max(1, ...names.map((name) => name.length)) + 1;

/** Whether a series is the outermost of its side, whose corners are round. */
function isEnd(spec: BarsChart, at: number, index: number): boolean {
  const sign = Math.sign(spec.series[at]?.values[index] ?? 0);
  return !spec.series.slice(at + 1).some((each) => Math.sign(each.values[index] ?? 0) === sign);
}

function barsTip(spec: BarsChart, index: number, { tip, tokens }: Environment): unknown {
  const rows: TipRow[] = spec.series.flatMap((each) => {
    const bounds = interval(each.low?.[index], each.high?.[index], spec);
    return [{ color: barColour(each.tone, tokens), label: each.name, value: value(Math.abs(each.values[index] ?? 0) * (each.values[index] === null ? NaN : 1), spec, 'full').replace('NaN', '–') }, ...(bounds ? [{ label: '95 % interval', value: bounds, isMuted: true }] : [])];
  });
  return tip?.(spec.names[index] ?? '', rows, spec.open?.[index] ? spec.openWords ?? 'Not complete yet.' : spec.notes?.[index]) ?? '';
}
