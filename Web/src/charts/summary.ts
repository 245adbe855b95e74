import type { TrendSpec } from '../api/types';
import { difference, interval, value } from '../format/numbers';
import { trendFrame } from './trend/frame';

/** One sentence that says what the chart shows, for readers who do not see it. */
export function summary(spec: TrendSpec): string {
  const frame = trendFrame(spec);
  const last = frame.lastComplete?.point;
  if (frame.parts.length > 0) {
    const said = frame.parts.map((part) => `${part.name} ${value([...part.placed].reverse().find((each) => each.point.complete)?.point.value, spec)}`);
    return `${spec.title} by part, latest complete period: ${said.join(', ')}.`;
  }
  if (!last) return `${spec.title}: no complete period with data.`;
  const bounds = interval(last.low, last.high, spec);
  const target = frame.target.find((each) => each[0] === frame.lastComplete?.at)?.[1];
  const first = frame.actual.find((each) => each.point.value !== null)?.point;
  return [
    `${spec.title}: ${value(last.value, spec)} in ${last.label}`,
    bounds ? `, 95 % interval ${bounds}` : '',
    target !== undefined && last.value !== null ? `, ${difference(last.value, target, spec)} against the target path` : '',
    first && first !== last ? `. It was ${value(first.value, spec)} in ${first.label}` : '', '.',
  ].join('');
}
