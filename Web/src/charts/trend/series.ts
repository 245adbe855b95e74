import type { Option } from '@vendor/echarts';
import type { TrendSpec } from '../../api/types';
import type { Environment } from '../option';
import { font } from '../tokens';
import { value } from '../../format/numbers';
import type { Placed, TrendFrame } from './frame';

interface Api { coord(point: [number, number]): [number, number] }
type Dot = [number, number | null];

const dots = (placed: Placed[]): Dot[] => placed.map((each) => [each.at, each.point.value]);

/** Complete periods as a solid line, over a soft area where no interval is drawn. */
export function actualSeries(frame: TrendFrame, { tokens }: Environment): Option {
  const hasBand = frame.actual.some((each) => each.point.low !== null);
  return {
    type: 'line', name: 'Actual', z: 5, showSymbol: false, symbol: 'circle', symbolSize: 8,
    data: frame.actual.map((each): Dot => [each.at, each.point.complete ? each.point.value : null]),
    lineStyle: { color: tokens.accent, width: 2.4, join: 'round', cap: 'round' },
    itemStyle: { color: tokens.accent, borderColor: tokens.surface, borderWidth: 2 },
    emphasis: { lineStyle: { width: 2.4 } },
    areaStyle: hasBand ? undefined : {
      origin: 'start',
      color: { type: 'linear', x: 0, y: 0, x2: 0, y2: 1, colorStops: [{ offset: 0, color: tokens.areaTop }, { offset: 1, color: tokens.areaBottom }] },
    },
  };
}

/** A running period is drawn apart: dashed from the last complete one, with a hollow point. */
export function runningSeries(frame: TrendFrame, { tokens }: Environment): Option[] {
  const running = frame.actual.filter((each) => !each.point.complete && each.point.value !== null);
  if (running.length === 0) return [];
  return [{
    type: 'line', name: 'Running', z: 4, data: dots(frame.lastComplete ? [frame.lastComplete, ...running] : running),
    symbol: 'circle', symbolSize: (_: unknown, at: { dataIndex: number }) => (frame.lastComplete && at.dataIndex === 0 ? 0 : 8),
    lineStyle: { color: tokens.accent, width: 1.8, type: [3, 4], opacity: 0.75 },
    itemStyle: { color: tokens.surface, borderColor: tokens.accent, borderWidth: 1.8 }, silent: true, emphasis: { disabled: true },
  }];
}

export function comparisonSeries(frame: TrendFrame, { tokens }: Environment): Option[] {
  if (frame.comparison.length === 0) return [];
  return [{
    type: 'line', name: 'Comparison', z: 3, data: dots(frame.comparison), showSymbol: false, symbol: 'circle', symbolSize: 6, silent: true,
    lineStyle: { color: tokens.comparison, width: 1.6, opacity: 0.85 }, itemStyle: { color: tokens.comparison, borderColor: tokens.surface, borderWidth: 1.5 },
    emphasis: { disabled: true },
  }];
}

export function targetSeries(frame: TrendFrame, { tokens }: Environment): Option[] {
  if (frame.target.length === 0) return [];
  return [{
    type: 'line', name: 'Target', z: 4, data: frame.target, symbol: 'none', silent: true, emphasis: { disabled: true },
    lineStyle: { color: tokens.target, width: 1.6, type: [5, 4] }, itemStyle: { color: tokens.target },
  }];
}

export function partSeries(frame: TrendFrame, { tokens }: Environment): Option[] {
  return frame.parts.map((part, index) => ({
    type: 'line', name: part.name, z: 5, data: dots(part.placed), showSymbol: false, symbol: 'circle', symbolSize: 6,
    lineStyle: { color: partColor(part.name, index, tokens.parts), width: 1.9, join: 'round', cap: 'round' },
    itemStyle: { color: partColor(part.name, index, tokens.parts), borderColor: tokens.surface, borderWidth: 1.5 }, emphasis: { lineStyle: { width: 1.9 } },
  }));
}

const rest = /^(all others|others?|none)$/i;

/** A part's colour; the last one is grey, for what is left over and for parts beyond the palette. */
export const partColor = (name: string, index: number, colors: string[]): string => colors[rest.test(name) ? colors.length - 1 : Math.min(index, colors.length - 1)] ?? '#888';

/** The interval of each complete period, as one shape a run without gaps. */
export function bandSeries(frame: TrendFrame, { tokens }: Environment): Option[] {
  const runs: Placed[][] = [];
  let open = false;
  for (const each of frame.actual) {
    const has = each.point.complete && each.point.low !== null && each.point.high !== null;
    if (has && !open) runs.push([]);
    if (has) runs[runs.length - 1]?.push(each);
    open = has;
  }
  return runs.filter((run) => run.length > 1).map((run) => ({
    type: 'custom', name: 'Interval', silent: true, z: 1, clip: true, data: [[run[0]!.at, run[0]!.point.low]], tooltip: { show: false },
    renderItem: (_: unknown, api: Api) => ({
      type: 'polygon', silent: true, style: { fill: tokens.band },
      shape: {
        points: [
          ...run.map((each) => api.coord([each.at, each.point.high ?? 0])),
          ...[...run].reverse().map((each) => api.coord([each.at, each.point.low ?? 0])),
        ],
      },
    }),
  }));
}

/** The last complete value as a point that says its number. */
export function lastPoint(spec: TrendSpec, frame: TrendFrame, { tokens, width }: Environment): Option[] {
  const last = frame.lastComplete;
  if (!last || last.point.value === null) return [];
  const index = frame.actual.indexOf(last);
  const beside = [frame.actual[index - 1], frame.actual[index + 1]].flatMap((each) => (each?.point.value == null ? [] : [each.point.value]));
  const isAbove = last.point.value >= beside.reduce((sum, value) => sum + value, 0) / Math.max(1, beside.length);
  // Half of a number in the middle above its point would be cut off at the edge.
  const isAtEdge = (frame.end - last.at) * width < (frame.end - frame.start) * 36;
  return [{
    type: 'scatter', name: 'Latest', z: 7, silent: true, symbolSize: 11, data: [[last.at, last.point.value]], tooltip: { show: false },
    itemStyle: { color: tokens.accent, borderColor: tokens.surface, borderWidth: 2.5, opacity: 1 },
    label: {
      show: true, position: isAbove ? 'top' : 'bottom', distance: 8, align: isAtEdge ? 'right' : 'center', color: tokens.text,
      fontSize: 12.5, fontWeight: 650, fontFamily: font, formatter: value(last.point.value, spec), textBorderColor: tokens.surface, textBorderWidth: 3,
    },
  }];
}
