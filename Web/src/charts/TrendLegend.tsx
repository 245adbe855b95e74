import type { TrendSpec } from '../api/types';
import { value } from '../format/numbers';

/** The legend as text: only what this chart draws, values where the line has one. */
export function TrendLegend({ spec }: { spec: TrendSpec }): JSX.Element {
  const actual = spec.series.find((series) => series.role === 'actual')?.points ?? [];
  const comparison = spec.series.find((series) => series.role === 'comparison');
  const keys: [string, string][] = [['line', 'Actual']];
  if (actual.some((point) => point.low !== null)) keys.push(['band', '95 % interval']);
  if (actual.some((point) => !point.complete && point.value !== null)) keys.push(['running', 'Running period']);
  if (comparison) keys.push(['comparison', comparison.name]);
  if (spec.target && spec.target.points.length > 0) keys.push(['dashed', 'Target path']);
  if (spec.target && (spec.target.floor !== null || spec.target.stretch !== null)) keys.push(['thin', 'Floor and stretch']);
  if (spec.benchmark) keys.push(['dotted', `Benchmark ${value(spec.benchmark.value, spec)} (${spec.benchmark.source})`]);
  return <ul className="legend">{keys.map(([key, words]) => <li key={key} className={`key ${key}`}>{words}</li>)}</ul>;
}
