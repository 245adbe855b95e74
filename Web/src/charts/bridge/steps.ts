import type { BridgePeriod } from '../../api/types';
import { extent, type Extent } from '../scale';

export type Movement = 'new' | 'reactivation' | 'expansion' | 'contraction' | 'churn' | 'exchange';
export const movements: readonly Movement[] = ['new', 'reactivation', 'expansion', 'contraction', 'churn', 'exchange'];

/** One bar of a bridge: a level stands on the ground, a movement hangs between two levels. */
export interface BridgeStep { key: Movement | 'opening' | 'closing'; name: string; short: string; from: number; to: number; amount: number; role: 'level' | 'gain' | 'loss' }

const words: Record<BridgeStep['key'], [string, string]> = {
  opening: ['Opening', 'Open'], new: ['New', 'New'], reactivation: ['Reactivation', 'Back'], expansion: ['Expansion', 'Up'],
  contraction: ['Contraction', 'Down'], churn: ['Churn', 'Lost'], exchange: ['Exchange', 'FX'], closing: ['Closing', 'Close'],
};
export const movementName = (key: BridgeStep['key']): string => words[key][0];

/** The bars of one period; exchange only where some period has any. */
export function bridgeSteps(period: BridgePeriod, hasExchange: boolean): BridgeStep[] {
  const step = (key: BridgeStep['key'], from: number, amount: number, role?: 'level'): BridgeStep =>
    ({ key, name: words[key][0], short: words[key][1], from, to: from + amount, amount, role: role ?? (amount < 0 ? 'loss' : 'gain') });
  const steps = [step('opening', 0, period.opening, 'level')];
  let at = period.opening;
  for (const key of movements) {
    if (key === 'exchange' && !hasExchange) continue;
    steps.push(step(key, at, period[key]));
    at += period[key];
  }
  return [...steps, step('closing', 0, period.closing, 'level')];
}

/**
 * The value axis. Where the movements are small beside the levels it is cut above zero, so that they can be
 * seen; the levels are then drawn with a break and the page says so in words.
 */
export function bridgeExtent(steps: BridgeStep[]): Extent & { isCut: boolean } {
  const tops = steps.flatMap((step) => (step.role === 'level' ? [step.to] : [step.from, step.to]));
  const low = Math.min(...tops), high = Math.max(...tops), span = high - low;
  if (low <= 0 || span === 0 || low < span * 2) return { ...extent([0, ...tops], 4, false), isCut: false };
  const cut = extent([low - span * 0.45, high], 4, false);
  return cut.low > 0 ? { ...cut, isCut: true } : { ...extent([0, ...tops], 4, false), isCut: false };
}

/** What the parts do not add up to; zero for an honest ledger. */
export const imbalance = (period: BridgePeriod): number =>
  period.opening + movements.reduce((sum, key) => sum + period[key], 0) - period.closing;
