import type { QuotientPanel, TrendSpec } from '../api/types';
import type { PanelContext } from './context';

/** The two halves of a ratio as trends of their own, so that one sees which of them moved. */
export function halves(panel: QuotientPanel, context: PanelContext): [TrendSpec, TrendSpec] {
  const half = (key: 'numerator' | 'denominator'): TrendSpec => ({
    kind: 'trend', title: panel[key].title, unit: panel[key].unit, currency: context.measure.currency ?? null, better: 'none', grain: context.grain, zone: context.zone,
    series: [{ name: panel[key].title, role: 'actual', points: panel.points.map((point) => ({ period: point.period, label: point.label, value: point[key], low: null, high: null, n: null, numerator: null, denominator: null, complete: point.complete })) }],
    target: null, benchmark: null, annotations: [], notes: [], receipt: null,
  });
  return [half('numerator'), half('denominator')];
}
