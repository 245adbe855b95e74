import type { Option } from '@vendor/echarts';
import type { ScatterPanel } from '../../api/types';
import { day, position, tick } from '../../format/dates';
import { value, type Measure } from '../../format/numbers';
import type { Environment } from '../option';
import { extent, type Extent } from '../scale';
import { axisRoom, axisWords, base, tooltipBase, valueAxis } from '../shared';
import { sideLabels, sideRoom, type SideLabel } from '../sideLabels';
import { partColor } from '../trend/series';

/** Each thing as a point at the time it ended; lines say how many were at most so slow. */
export interface ScatterChart extends ScatterPanel, Measure { zone: string }

/** The shapes of parts, so that they differ without colour. */
export const symbols = ['circle', 'diamond', 'triangle', 'rect', 'pin', 'arrow', 'roundRect'];
const narrow = 560;

export const partsOf = (points: ScatterPanel['points']): string[] => [...new Set(points.map((point) => point.part ?? ''))].slice(0, 7);

export function scatterOption(spec: ScatterChart, environment: Environment): Option {
  const { tokens, width, tip } = environment;
  const parts = partsOf(spec.points);
  const vertical = durationExtent([0, ...spec.points.map((point) => point.value), ...spec.percentiles.flatMap((each) => (each.value === null ? [] : [each.value]))], spec.unit);
  const words = axisWords(vertical, spec);
  const axisText = (at: number): string => (at === 0 ? '0' : words(at));
  const known = spec.percentiles.flatMap((each) => (each.value === null ? [] : [{ rank: each.rank, value: each.value }]));
  const isNarrow = width < narrow;
  const lineColor = [tokens.textFaint, tokens.note, tokens.lossInk];
  const labels: SideLabel[] = known.map((each, index) => ({ text: isNarrow ? `${each.rank} %` : `${each.rank} % within ${value(each.value, spec)}`, at: each.value, color: lineColor[index] ?? tokens.textSoft, isStrong: true }));
  const times = spec.points.map((point) => position(point.at, spec.zone));
  const start = Math.min(...times), end = Math.max(...times), margin = Math.max(43_200_000, (end - start) * 0.015);
  return {
    ...base(environment),
    grid: { left: axisRoom(vertical, axisText), right: labels.length > 0 ? sideRoom(labels) : 18, top: 14, bottom: 36 },
    tooltip: {
      ...tooltipBase(environment), trigger: 'item',
      formatter: ({ data }: { data: [number, number, number] }) => {
        const point = spec.points[data[2]];
        return point && tip ? tip(point.label ?? day(point.at), [{ color: tokens.accent, label: day(point.at), value: value(point.value, spec) }, ...(point.part ? [{ label: 'Part', value: point.part, isMuted: true }] : [])]) : '';
      },
    },
    xAxis: {
      type: 'time', min: start - margin, max: end + margin, boundaryGap: false, axisLine: { lineStyle: { color: tokens.axis } }, axisTick: { show: false }, splitLine: { show: false },
      splitNumber: Math.max(3, Math.min(9, Math.round(width / 105))), minInterval: 86_400_000,
      axisLabel: { color: tokens.textFaint, fontSize: 11.5, hideOverlap: true, margin: 10, lineHeight: 14, showMinLabel: false, showMaxLabel: false, formatter: (at: number) => tick(at, 'day') },
    },
    yAxis: valueAxis(vertical, axisText, environment),
    series: [
      ...parts.map((part, index) => ({
        type: 'scatter', name: part, z: 4, symbol: symbols[index], symbolSize: spec.points.length > 400 ? 6 : 8, cursor: 'default',
        data: spec.points.flatMap((point, at) => ((point.part ?? '') === part ? [[times[at], point.value, at]] : [])),
        itemStyle: { color: parts.length === 1 ? tokens.accent : partColor(part, index, tokens.parts), opacity: 0.5, borderColor: tokens.surface, borderWidth: 0.6 },
        emphasis: { itemStyle: { opacity: 1 } },
      })),
      {
        type: 'line', name: 'Percentiles', data: [], silent: true, z: 6,
        markLine: {
          silent: true, symbol: ['none', 'none'], animation: false, label: { show: false },
          data: known.map((each, index) => ({ yAxis: each.value, lineStyle: { color: lineColor[index] ?? tokens.textSoft, width: 1.4, type: [6, 4] } })),
        },
      },
      ...sideLabels(labels, end + margin),
    ],
  };
}

/** Bounds in whole days, hours or minutes, whichever the values need. */
export function durationExtent(values: number[], unit: string): Extent {
  const most = Math.max(...values);
  const span = unit !== 'duration' ? 1 : most >= 172_800 ? 86_400 : most >= 3_600 ? 3_600 : most >= 60 ? 60 : 1;
  const found = extent(values.map((each) => each / span), 5, false);
  return { low: found.low * span, high: found.high * span, step: found.step * span };
}
