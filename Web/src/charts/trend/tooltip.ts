import type { TrendSpec } from '../../api/types';
import { sentence } from '../../format/dates';
import { difference, integer, interval, value } from '../../format/numbers';
import type { Environment, TipRow } from '../option';
import type { TrendFrame } from './frame';
import type { Marked } from './annotations';
import { partColor } from './series';

/** Everything known of one period: its value, how sure it is, what it is compared with. */
export function trendTip(spec: TrendSpec, frame: TrendFrame, marks: Marked[], { tokens, tip }: Environment) {
  return (raw: unknown): unknown => {
    const at = Number((raw as { axisValue: number | string }[])[0]?.axisValue ?? NaN);
    const found = frame.actual.find((each) => each.at === at) ?? frame.parts.map((part) => part.placed.find((each) => each.at === at)).find(Boolean);
    const target = frame.target.find((each) => each[0] === at)?.[1];
    const rows: TipRow[] = [];
    const now = frame.actual.find((each) => each.at === at)?.point;
    if (now) {
      rows.push({ color: tokens.accent, label: now.complete ? 'Actual' : 'So far', value: value(now.value, spec), isDashed: !now.complete });
      const bounds = interval(now.low, now.high, spec);
      if (bounds) rows.push({ label: '95 % interval', value: bounds, isMuted: true });
      if (now.n !== null) rows.push({ label: 'n', value: integer(now.n), isMuted: true });
    }
    const before = frame.comparison.find((each) => each.at === at)?.point;
    if (before) {
      rows.push({ color: tokens.comparison, label: sentence(before.label ?? 'compared'), value: value(before.value, spec) });
      if (now?.value != null && before.value !== null && now.complete) rows.push({ label: 'Change', value: difference(now.value, before.value, spec), isMuted: true });
    }
    if (target !== undefined) {
      rows.push({ color: tokens.target, isDashed: true, label: 'Target path', value: value(target, spec) });
      if (now?.value != null && now.complete) rows.push({ label: 'Against path', value: difference(now.value, target, spec), isMuted: true });
    }
    frame.parts.forEach((part, index) => {
      const point = part.placed.find((each) => each.at === at)?.point;
      if (point) rows.push({ color: partColor(part.name, index, tokens.parts), label: part.name, value: value(point.value, spec) });
    });
    const mark = marks.find((each) => Math.abs(each.at - at) < 4 * 86_400_000);
    const isRunning = found !== undefined && !found.point.complete;
    const note = mark ? [mark.annotation.label, mark.annotation.detail].filter(Boolean).join(': ') : isRunning ? 'This period still runs: not complete.' : undefined;
    return tip && rows.length > 0 ? tip(sentence(found?.point.label ?? 'ahead'), rows, note) : '';
  };
}
