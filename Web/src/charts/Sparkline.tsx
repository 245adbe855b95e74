import { useMemo } from 'react';
import type { SparklinePoint } from '../api/types';

const width = 260, pad = 4;

interface Drawing { line: string; area: string; running: string; dot: string; hollow: string; rule: number | undefined }

/** Paths of a sparkline from its first value on; a later period without one leaves a gap, a running one is drawn apart. */
export function sparkline(all: SparklinePoint[], height: number, rule: number | null | undefined, scale?: [number, number]): Drawing {
  const points = all.slice(Math.max(0, all.findIndex((point) => point.value !== null)));
  const values = points.flatMap((point) => (point.value === null ? [] : [point.value]));
  const drawn = rule == null ? values : [...values, rule];
  const [low, high] = scale ?? [Math.min(...drawn), Math.max(...drawn)];
  const x = (index: number): number => (index / Math.max(1, points.length - 1)) * width;
  const y = (value: number): number => (high === low ? height / 2 : pad + (1 - (value - low) / (high - low)) * (height - 2 * pad));
  const place = (index: number): string => `${x(index).toFixed(1)} ${y(points[index]?.value ?? 0).toFixed(1)}`;
  const runs: number[][] = [];
  let open = false;
  points.forEach((point, index) => {
    const has = point.complete && point.value !== null;
    if (has && !open) runs.push([]);
    if (has) runs[runs.length - 1]?.push(index);
    open = has;
  });
  const lastRun = runs[runs.length - 1];
  const last = lastRun?.[lastRun.length - 1];
  const running = points.flatMap((point, index) => (!point.complete && point.value !== null ? [index] : []));
  return {
    line: runs.map((run) => `M${run.map(place).join('L')}${run.length === 1 ? 'h0' : ''}`).join(''),
    area: runs.filter((run) => run.length > 1).map((run) => `M${run.map(place).join('L')}L${x(run[run.length - 1]!).toFixed(1)} ${height}L${x(run[0]!).toFixed(1)} ${height}Z`).join(''),
    running: running.length > 0 && last !== undefined ? `M${[last, ...running].map(place).join('L')}` : '',
    dot: last === undefined ? '' : `M${place(last)}h0`,
    hollow: running.length === 0 ? '' : `M${place(running[running.length - 1]!)}h0`,
    rule: rule == null || values.length === 0 ? undefined : y(rule),
  };
}

/** A line the size of a word. Plain paths: a chart engine for each would be waste. */
export function Sparkline({ points, height = 46, rule, scale }: { points: SparklinePoint[]; height?: number; rule?: number | null; scale?: [number, number] }): JSX.Element {
  const drawing = useMemo(() => sparkline(points, height, rule, scale), [points, height, rule, scale]);
  return (
    <svg className="spark" viewBox={`0 0 ${width} ${height}`} style={{ height }} preserveAspectRatio="none" aria-hidden="true">
      <path className="spark-area" d={drawing.area} />
      {drawing.rule !== undefined && <line className="spark-rule" x1="0" x2={width} y1={drawing.rule} y2={drawing.rule} vectorEffect="non-scaling-stroke" />}
      <path className="spark-line" d={drawing.line} vectorEffect="non-scaling-stroke" />
      <path className="spark-running" d={drawing.running} vectorEffect="non-scaling-stroke" />
      <path className="spark-ring" d={drawing.dot} vectorEffect="non-scaling-stroke" />
      <path className="spark-dot" d={drawing.dot} vectorEffect="non-scaling-stroke" />
      <path className="spark-dot" d={drawing.hollow} vectorEffect="non-scaling-stroke" />
      <path className="spark-hollow" d={drawing.hollow} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
