import type { ProjectedPoint, SurvivalCurve } from '../../api/types';

/** The share still there at a time: the last step at or before it; all before the first. */
export const survivingAt = (curve: SurvivalCurve, time: number): SurvivalCurve['points'][number] | undefined =>
  [...curve.points].reverse().find((point) => point.time <= time);

/** How many are still watched at a time: whoever is at risk at the next step, none after the last one. */
export function atRisk(curve: SurvivalCurve, time: number): number {
  if (time <= 0) return curve.customers;
  return curve.points.find((point) => point.time >= time)?.atRisk ?? 0;
}

export const lastTime = (curves: SurvivalCurve[]): number => Math.max(1, ...curves.flatMap((curve) => curve.points.map((point) => point.time)));

/** The last time at which a curve was observed. */
export const watchedUntil = (curve: SurvivalCurve): number => Math.max(0, ...curve.points.map((point) => point.time));

/** The last time that is shown: models reach beyond what was observed. */
export const lastShown = (curves: SurvivalCurve[]): number => Math.max(lastTime(curves), ...curves.flatMap((curve) => (curve.model?.projected ?? []).map((point) => point.time)));

/** What a curve's model expects to be left at a time: whole renewals, the last one at or before it. */
export const projectedAt = (curve: SurvivalCurve, time: number): ProjectedPoint | undefined =>
  [...(curve.model?.projected ?? [])].reverse().find((point) => point.time <= time);

/** The end of what a curve's model projects. */
export const lastProjected = (curve: SurvivalCurve): ProjectedPoint | undefined => projectedAt(curve, Infinity);

/** Steps that are round in their own unit. */
const steps: Record<string, number[]> = { day: [1, 7, 14, 30, 60, 90, 180, 365, 730], month: [1, 2, 3, 6, 12, 24, 36], renewal: [1, 2, 5, 10, 20, 50] };
const weeks = [1, 2, 4, 8, 13, 26, 52, 104];

/** Round times from zero up, about as many as asked for. */
export function ticks(last: number, most: number, ages: string): number[] {
  const step = (steps[ages] ?? weeks).find((each) => last / each <= most) ?? Math.ceil(last / most);
  return Array.from({ length: Math.floor(last / step) + 1 }, (_, index) => index * step);
}
