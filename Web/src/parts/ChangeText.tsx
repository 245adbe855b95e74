import type { Change } from '../api/types';
import { within } from '../format/dates';
import { changeSize, change as changeText, interval, isSome, value, type Measure } from '../format/numbers';
import { Icon } from './Icon';

/** How a value moved: arrow, size in % or pp, and whether that is more than its noise. */
export function ChangeText({ change, measure, isLong = false }: { change: Change | null; measure: Measure; isLong?: boolean }): JSX.Element {
  if (!change || change.value === null) return <span className="change quiet" title="There is no earlier complete period to compare with.">no earlier value</span>;
  const size = changeSize(change.value, change.unit, measure);
  const isMoved = isSome(size);
  const tone = change.withinNoise || !isMoved || change.direction === 'same' ? 'quiet' : change.direction === 'better' ? 'good' : change.direction === 'worse' ? 'bad' : 'quiet';
  const icon = !isMoved ? 'arrow-right' : change.value > 0 ? 'arrow-up-right' : change.value < 0 ? 'arrow-down-right' : 'arrow-right';
  const bounds = changeBounds(change, measure);
  const detail = [`${value(change.previous, measure)} ${within(change.comparedWith ?? 'the period before')}`, bounds && `95 % interval of the change ${bounds}`].filter(Boolean).join('; ');
  return (
    <span className={`change ${tone}`} title={detail}>
      <Icon name={icon} size={14} />
      <span className="sr">{change.value > 0 ? 'up ' : change.value < 0 ? 'down ' : ''}</span>
      {size}
      {change.withinNoise && <small className="noise">within<span className={isLong ? undefined : 'sr'}> its</span> noise</small>}
      {!isLong && !change.withinNoise && <small>vs {shortened(change.comparedWith)}</small>}
    </span>
  );
}

function changeBounds({ low, high, unit }: Change, measure: Measure): string | undefined {
  if (low === null || high === null) return undefined;
  return unit === '%' || unit === 'pp' || unit === 'points' ? `${changeText(low, unit, measure)} to ${changeText(high, unit, measure)}` : interval(low, high, measure);
}

/** `week of 8 June 2026` → `8 Jun`: the year and the word go where the card is narrow; the title keeps them. */
const shortened = (text: string | null): string => (text ?? 'the period before').replace(/^week of /i, '').replace(/ \d{4}$/, '').replace(/[A-Z][a-z]{3,}$/, (month) => month.slice(0, 3));
