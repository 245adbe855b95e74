import type { TrendPoint, TrendSpec } from '../src/api/types';
import { optionFor } from '../src/charts/option';
import { extent, roundStep, spread } from '../src/charts/scale';
import { sparkline } from '../src/charts/Sparkline';
import { dark, light } from '../src/charts/tokens';
import { pathValue, trendFrame } from '../src/charts/trend/frame';
import { equal, finish, test } from './check';

const point = (period: string, value: number | null, complete = true): TrendPoint =>
  ({ period, label: `week of ${period}`, value, low: null, high: null, n: null, numerator: null, denominator: null, complete });
const spec = (points: TrendPoint[], more: Partial<TrendSpec> = {}): TrendSpec => ({
  kind: 'trend', title: 'Activation', unit: 'share', currency: null, better: 'up', grain: 'week', zone: 'Europe/Berlin',
  series: [{ name: 'Actual', role: 'actual', points }], target: null, benchmark: null, annotations: [], notes: [], receipt: null, ...more,
});
const weeks = [point('2026-06-01', 0.3), point('2026-06-08', 0.32), point('2026-06-15', 0.33), point('2026-06-22', 0.2, false)];

test('a step is round and large enough', () => equal([0.7, 1.2, 2.2, 30, 600].map(roundStep), [1, 2, 2.5, 50, 1000]));
test('values near zero start the axis at zero', () => equal(extent([3, 40], 5, false).low, 0));
test('values far from zero do not', () => equal(extent([0.3, 0.34], 5, false).low > 0.2, true));
test('a flat line still gets an axis', () => { const { low, high } = extent([5, 5], 5, false); equal(low < 5 && high > 5, true); });
test('no values at all get an axis', () => equal(extent([], 5, false).high, 1));
test('labels are pushed apart and stay inside', () => {
  const [a = 0, b = 0, c = 0] = spread([50, 51, 52], 16, 0, 100);
  equal(b - a >= 15 && c - b >= 15 && a >= 0 && c <= 100, true);
});
test('a path is straight between its dates, absent before, held after', () => {
  const path = [[0, 10], [100, 20]] as const;
  equal([pathValue(path, -1), pathValue(path, 50), pathValue(path, 200)], [undefined, 15, 20]);
});
test('the running period is not the latest value', () => equal(trendFrame(spec(weeks)).lastComplete?.point.period, '2026-06-15'));
test('a target is read at the end of each period', () => {
  const frame = trendFrame(spec(weeks, { target: { points: [['2026-06-01', 0.3], ['2026-06-29', 0.34]], floor: null, stretch: null } }));
  equal(frame.target.map((each) => Math.round(each[1] * 1000)), [310, 320, 330, 340]);
});
test('the comparison lies under the periods it belongs to', () => {
  const before = [point('2025-06-02', 0.2), point('2025-06-09', 0.21), point('2025-06-16', 0.22), point('2025-06-23', 0.23)];
  const frame = trendFrame(spec(weeks, { series: [{ name: 'Actual', role: 'actual', points: weeks }, { name: 'Year before', role: 'comparison', points: before }] }));
  equal(frame.comparison.map((each) => each.at), frame.actual.map((each) => each.at));
});
test('a picture depends on spec and environment alone', () => {
  const draw = (tokens: typeof light): string => JSON.stringify(optionFor(spec(weeks), { tokens, width: 900, height: 300 }));
  equal(draw(light) === draw(light), true);
  equal(draw(light) === draw(dark), false);
});
test('an empty trend can be drawn', () => equal(typeof optionFor(spec([]), { tokens: light, width: 400, height: 300 }), 'object'));
test('a sparkline leaves a gap where there is no value', () => {
  const drawn = sparkline([{ period: 'a', value: 1, complete: true }, { period: 'b', value: null, complete: true }, { period: 'c', value: 2, complete: true }], 46, null);
  equal(drawn.line.split('M').length, 3);
});
test('a sparkline draws the running period apart', () => {
  const drawn = sparkline([{ period: 'a', value: 1, complete: true }, { period: 'b', value: 2, complete: false }], 46, null);
  equal([drawn.running !== '', drawn.hollow !== '', drawn.line.includes('L')], [true, true, false]);
});
finish('charts');
