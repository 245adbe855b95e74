import type { BridgePeriod } from '../api/types';
import { movementName, movements } from '../charts/bridge/steps';
import { quoted } from './context';

/** The rows behind a bar: a movement's in its period, a level's from the first row on. */
export function movementRows(period: BridgePeriod, key: string, range: string): { over: string; where: string | undefined; words: string } {
  const movement = movements.find((each) => each === key);
  if (movement) return { over: range, where: `movement = ${quoted(movement)}`, words: movementName(movement) };
  const [first, last = first] = range.split('..');
  if (key === 'closing') return { over: `1970-01-01..${last}`, where: undefined, words: 'All movements up to the closing value' };
  const before = new Date(Date.parse(`${first}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return key === 'opening' ? { over: `1970-01-01..${before}`, where: undefined, words: 'All movements before the opening value' } : { over: range, where: undefined, words: `All movements of ${period.label}` };
}
