import type { TrendPoint, TrendSeries, TrendSpec } from '../../api/types';
import { following, position } from '../../format/dates';
import { extent, type Extent } from '../scale';

/** A point with its place on the time axis. */
export interface Placed { at: number; point: TrendPoint }
/** What the trend's series share: places in time, the value axis, and the target path read at each period. */
export interface TrendFrame {
  actual: Placed[];
  comparison: Placed[];
  comparisonName: string | undefined;
  parts: { name: string; placed: Placed[] }[];
  /** The target path as it stands at the end of each period, drawn at the period's start like its value. */
  target: [number, number][];
  lastComplete: Placed | undefined;
  start: number;
  end: number;
  /** Where the drawn data ends and what is only planned begins; absent when nothing lies ahead. */
  future: number | undefined;
  vertical: Extent;
  zone: string;
}

export function trendFrame(spec: TrendSpec): TrendFrame {
  const place = (series: TrendSeries | undefined): Placed[] =>
    (series?.points ?? []).map((point) => ({ at: position(point.period, spec.zone), point }));
  const actual = place(spec.series.find((series) => series.role === 'actual'));
  const compared = spec.series.find((series) => series.role === 'comparison');
  const parts = spec.series.filter((series) => series.role === 'part').map((series) => ({ name: series.name, placed: place(series) }));
  const places = [...new Set([...actual, ...parts.flatMap((part) => part.placed)].map((each) => each.at))].sort((a, b) => a - b);
  const start = places[0] ?? 0, last = places[places.length - 1] ?? start;
  const ahead = periodsAhead(spec, places, last);
  const target = targetAt(spec, [...places, ...ahead]);
  const end = ahead[ahead.length - 1] ?? last;
  const comparison = aligned(place(compared), actual);
  const complete = actual.filter((each) => each.point.complete && each.point.value !== null);
  return {
    actual, comparison, comparisonName: compared?.name, parts, target, start, end, zone: spec.zone,
    lastComplete: complete[complete.length - 1],
    future: end > last ? last : undefined,
    vertical: extent(valuesInView(spec, actual, comparison, parts, target), 5, spec.unit === 'count'),
  };
}

/** The comparison lies under the periods it is compared with: by position where both have the same number of periods. */
function aligned(comparison: Placed[], actual: Placed[]): Placed[] {
  if (comparison.length !== actual.length) return comparison;
  return comparison.map((each, index) => ({ at: actual[index]?.at ?? each.at, point: each.point }));
}

/** Periods after the data up to the target's date, but at most a fifth of what is shown, so the data keeps the stage. */
function periodsAhead(spec: TrendSpec, places: number[], last: number): number[] {
  const points = spec.target?.points ?? [];
  const goal = points[points.length - 1];
  if (!goal || places.length < 2) return [];
  const by = position(goal[0], spec.zone);
  const result: number[] = [];
  for (let at = following(last, spec.grain); at < by && result.length < Math.ceil(places.length / 5); at = following(at, spec.grain)) result.push(at);
  return result;
}

function targetAt(spec: TrendSpec, places: number[]): [number, number][] {
  const path = (spec.target?.points ?? []).map(([date, value]) => [position(date, spec.zone), value] as const);
  const result: [number, number][] = [];
  for (const at of places) {
    const value = pathValue(path, following(at, spec.grain));
    if (value !== undefined) result.push([at, value]);
  }
  return result;
}

/** Straight lines between dated values; nothing before the first, the last one's value after it. A single value holds all the time. */
export function pathValue(path: readonly (readonly [number, number])[], at: number): number | undefined {
  const first = path[0], last = path[path.length - 1];
  if (!first || !last) return undefined;
  if (path.length === 1) return last[1];
  if (at < first[0]) return undefined;
  if (at >= last[0]) return last[1];
  for (let i = 1; i < path.length; i++) {
    const from = path[i - 1]!, to = path[i]!;
    if (at <= to[0]) return from[1] + ((to[1] - from[1]) * (at - from[0])) / (to[0] - from[0] || 1);
  }
  return last[1];
}

function valuesInView(
  spec: TrendSpec, actual: Placed[], comparison: Placed[], parts: TrendFrame['parts'], target: [number, number][],
): number[] {
  const drawn = [...actual, ...comparison, ...parts.flatMap((part) => part.placed)].flatMap((each) => (each.point.value === null ? [] : [each.point.value]));
  const values = [...drawn, ...target.map((each) => each[1])];
  const low = Math.min(...values), high = Math.max(...values), span = high - low || Math.abs(high) || 1;
  const near = (value: number | null | undefined): value is number => value != null && value > low - span * 0.8 && value < high + span * 0.8;
  const bounds = actual.flatMap((each) => [each.point.low, each.point.high]).filter(near);
  return [...values, ...bounds, ...[spec.target?.floor, spec.target?.stretch, spec.benchmark?.value].filter(near)];
}
