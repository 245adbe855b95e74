import type { Option } from '@vendor/echarts';
import type { ProjectedPoint, SurvivalCurve, SurvivalPanel } from '../../api/types';
import { integer, interval, portion, share, value } from '../../format/numbers';
import { agesTitle, ageText } from '../../format/ages';
import type { Environment, TipRow } from '../option';
import { axisName, base, tooltipBase, valueAxis } from '../shared';
import { sideLabels, sideRoom, type SideLabel } from '../sideLabels';
import { partColor } from '../trend/series';
import { atRisk, lastShown, lastTime, projectedAt, survivingAt, ticks, watchedUntil } from './curve';

interface Api { coord(point: [number, number]): [number, number] }
const narrow = 560;

/** Kaplan–Meier curves with their intervals; the median is where a curve crosses one half. */
export function survivalOption(spec: SurvivalPanel, environment: Environment): Option {
  const { tokens, width } = environment;
  const end = lastShown(spec.curves);
  const color = (index: number): string => partColor(spec.curves[index]?.name ?? '', index, tokens.parts);
  const labels: SideLabel[] = width < narrow || spec.curves.length < 2 ? [] : spec.curves.map((curve, index) => ({ text: curve.name, at: (projectedAt(curve, end) ?? survivingAt(curve, end))?.value ?? 0, color: color(index), isStrong: true }));
  const times = ticks(end, width < narrow ? 5 : 10, spec.ages);
  return {
    ...base(environment),
    grid: { left: 54, right: labels.length > 0 ? sideRoom(labels) : 18, top: 14, bottom: 46 },
    tooltip: {
      ...tooltipBase(environment), trigger: 'axis', axisPointer: { type: 'line', lineStyle: { color: tokens.textFaint, width: 1, type: 'solid', opacity: 0.55 } },
      formatter: (raw: unknown) => survivalTip(spec, Number((raw as { axisValue: number }[])[0]?.axisValue ?? 0), environment, color),
    },
    xAxis: {
      type: 'value', min: 0, max: end, interval: times[1] ?? end, axisLine: { lineStyle: { color: tokens.axis } }, axisTick: { show: false }, splitLine: { show: false },
      axisLabel: { color: tokens.textFaint, fontSize: 11.5, margin: 10, showMaxLabel: end % (times[1] ?? 1) === 0 }, ...axisName(`${spec.ages === 'unit' ? 'Time' : `${agesTitle(spec.ages)}s`} since the start`, environment),
    },
    yAxis: valueAxis({ low: 0, high: 1, step: 0.25 }, (at) => portion(at), environment),
    series: [
      ...spec.curves.flatMap((curve, index) => [...band(curve.points, color(index), spec.curves.length > 1), ...band(beyond(curve), color(index), true), line(curve, color(index)), ...projection(curve, color(index)), ...unwatched(curve, color(index), end)]),
      ...(end > lastTime(spec.curves) ? [projectionRule(lastTime(spec.curves), environment)] : []), medianRule(environment), ...medians(spec, color, environment), ...sideLabels(labels, end),
    ],
  };
}

function line(curve: SurvivalCurve, color: string): Option {
  const points = curve.points.map((point) => [point.time, point.value]);
  const data = [...(curve.points[0] && curve.points[0].time > 0 ? [[0, 1]] : []), ...points];
  return { type: 'line', name: curve.name, step: 'end', data, showSymbol: false, z: 5, lineStyle: { color, width: 2.2 }, itemStyle: { color }, emphasis: { disabled: true } };
}

/** After the last time at which anything is known the curve is only a guess: dotted. */
function unwatched(curve: SurvivalCurve, color: string, end: number): Option[] {
  const last = curve.points[curve.points.length - 1];
  if (!last || last.time >= end || curve.model) return [];
  return [{ type: 'line', name: 'Unwatched', data: [[last.time, last.value], [end, last.value]], showSymbol: false, silent: true, z: 3, tooltip: { show: false }, lineStyle: { color, width: 1.4, type: [1, 4], opacity: 0.8 }, emphasis: { disabled: true } }];
}

/** What is projected from the last time that was watched on. */
const beyond = (curve: SurvivalCurve): ProjectedPoint[] => (curve.model?.projected ?? []).filter((point) => point.time >= watchedUntil(curve));

/** What the model expects: a thin line beside what was observed, dashed where nothing was. */
function projection(curve: SurvivalCurve, color: string): Option[] {
  const points = curve.model?.projected ?? [];
  const border = watchedUntil(curve);
  const part = (name: string, shown: ProjectedPoint[], lineStyle: Option): Option[] => (shown.length < 2 ? [] : [{
    type: 'line', name, step: 'end', data: shown.map((point) => [point.time, point.value]), showSymbol: false, z: 4, lineStyle: { color, ...lineStyle }, itemStyle: { color }, emphasis: { disabled: true },
  }]);
  return [
    ...part('Model', points.filter((point) => point.time <= border), { width: 1.2, opacity: 0.7 }),
    ...part('Projected', beyond(curve), { width: 2, type: [6, 5] }),
  ];
}

/** Where observation ends and projection begins. */
const projectionRule = (from: number, { tokens, width }: Environment): Option => ({
  type: 'line', name: 'Projection', data: [], silent: true, z: 2,
  markLine: {
    silent: true, symbol: ['none', 'none'], animation: false, lineStyle: { color: tokens.comparison, width: 1, type: 'solid', opacity: 0.7 },
    label: { show: width >= narrow, position: 'end', distance: 2, rotate: 0, formatter: 'projected from here', color: tokens.textFaint, fontSize: 11.5 }, data: [{ xAxis: from }],
  },
});

/** The interval as one shape with the corners of its steps. */
function band(points: ProjectedPoint[], color: string, isOneOfMany: boolean): Option[] {
  const known = points.filter((point) => point.low !== null && point.high !== null);
  if (known.length < 2) return [];
  const edge = (of: 'low' | 'high'): [number, number][] => known.flatMap((point, index) => {
    const before = known[index - 1];
    return before ? [[point.time, before[of] ?? 0] as [number, number], [point.time, point[of] ?? 0] as [number, number]] : [[point.time, point[of] ?? 0] as [number, number]];
  });
  const outline = [...edge('high'), ...edge('low').reverse()];
  return [{
    type: 'custom', name: 'Interval', silent: true, z: 1, clip: true, data: [[known[0]!.time, 0.5]], tooltip: { show: false },
    renderItem: (_: unknown, api: Api) => ({ type: 'polygon', silent: true, style: { fill: color, opacity: isOneOfMany ? 0.11 : 0.15 }, shape: { points: outline.map((point) => api.coord(point)) } }),
  }];
}

const medianRule = ({ tokens }: Environment): Option => ({
  type: 'line', name: 'Half', data: [], silent: true, z: 2,
  markLine: { silent: true, symbol: ['none', 'none'], animation: false, label: { show: false }, lineStyle: { color: tokens.comparison, width: 1, type: [3, 4], opacity: 0.9 }, data: [{ yAxis: 0.5 }] },
});

function medians(spec: SurvivalPanel, color: (index: number) => string, { tokens, width }: Environment): Option[] {
  return spec.curves.flatMap((curve, index) => (curve.median === null ? [] : [{
    type: 'scatter', name: 'Median', silent: true, z: 7, symbolSize: 9, data: [[curve.median, 0.5]], tooltip: { show: false },
    itemStyle: { color: color(index), borderColor: tokens.surface, borderWidth: 2, opacity: 1 },
    // A curve only falls: what stands to the right above a point, or to the left below it, is never on its own curve.
    label: { show: width >= narrow || spec.curves.length === 1, position: index % 2 === 0 ? 'top' : 'bottom', align: medianAlign(curve.median / lastShown(spec.curves), index % 2 === 0), distance: 7, formatter: `median ${ageText(curve.median, spec.ages)}`, color: color(index), fontSize: 11.5, fontWeight: 600, textBorderColor: tokens.surface, textBorderWidth: 3 },
  }]));
}

/** On which side of its point a median's label lies; in the middle where it would leave the picture. */
const medianAlign = (place: number, isAbove: boolean): string => (isAbove ? (place < 0.85 ? 'left' : 'center') : place > 0.15 ? 'right' : 'center');

function survivalTip(spec: SurvivalPanel, time: number, { tip }: Environment, color: (index: number) => string): unknown {
  const rows = spec.curves.flatMap((curve, index): TipRow[] => {
    const expected = projectedAt(curve, time);
    const margin = interval(expected?.low, expected?.high, share);
    const projected: TipRow[] = expected ? [{ color: color(index), isDashed: true, label: `${curve.name}, projected`, value: value(expected.value, share) }, ...(margin ? [{ label: '95 % interval', value: margin, isMuted: true }] : [])] : [];
    if (expected && time > watchedUntil(curve)) return projected;
    const point = survivingAt(curve, time);
    const bounds = interval(point?.low, point?.high, share);
    return [
      { color: color(index), label: curve.name, value: value(point?.value ?? 1, share) },
      ...(bounds ? [{ label: '95 % interval', value: bounds, isMuted: true }] : []), { label: 'At risk', value: integer(atRisk(curve, time)), isMuted: true }, ...projected,
    ];
  });
  return tip ? tip(`After ${ageText(Math.round(time), spec.ages)}`, rows) : '';
}
