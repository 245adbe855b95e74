/** Every number a reader sees is written here. Grouping is a thin space, the decimal sign a point. */

const thin = '\u202F';
const space = '\u00A0';
const minus = '\u2212';
/** What stands where there is no number; say why in a `title`. */
export const absent = '–';

/** What a number means: its unit as the definitions say it, and the currency of money. */
export interface Measure { unit: string; currency?: string | null | undefined }
/** Shares of a whole, and spans of time. */
export const share: Measure = { unit: 'share' };
export const time: Measure = { unit: 'duration' };
/** `whole` never shortens to k or M: for tables whose columns are added up. */
export type Length = 'short' | 'full' | 'axis' | 'whole';

const symbols: Record<string, string> = { EUR: '€', USD: '$', GBP: '£', JPY: '¥', INR: '₹' };

function plain(value: number, digits: number, least = digits): string {
  const text = new Intl.NumberFormat('en-US', { minimumFractionDigits: least, maximumFractionDigits: digits }).format(Math.abs(value));
  const isZero = !/[1-9]/.test(text);
  return (value < 0 && !isZero ? minus : '') + text.replace(/,/g, thin);
}

const count = (value: number): string => plain(value, 0);
export const integer = (value: number | null | undefined): string => (value == null ? absent : count(value));

/** 4 250 000 → 4.25M; small numbers stay whole. */
function compact(value: number, digits: number, from: number): string | undefined {
  const size = Math.abs(value);
  if (size < from) return undefined;
  const [divisor, letter] = size >= 1e9 ? [1e9, 'B'] : size >= 1e6 ? [1e6, 'M'] : [1e3, 'k'];
  const scaled = value / divisor;
  const places = Math.abs(scaled) >= 100 ? Math.min(digits, 0) : Math.abs(scaled) >= 10 ? Math.min(digits, 1) : digits;
  return plain(scaled, places, 0) + letter;
}

function shareText(value: number, length: Length): string {
  const percent = value * 100;
  const digits = length === 'axis' ? 1 : Math.abs(percent) > 0 && Math.abs(percent) < 0.95 ? 2 : 1;
  return `${plain(percent, digits, length === 'axis' ? 0 : digits)}${thin}%`;
}

function money(value: number, currency: string | null | undefined, length: Length): string {
  const digits = Math.abs(value) < 1000 ? 2 : 0;
  const text = length === 'full' ? plain(value, 2) : length === 'whole' ? plain(value, digits)
    : compact(value, length === 'axis' ? 1 : 2, length === 'axis' ? 1e3 : 1e5) ?? plain(value, digits, length === 'axis' ? 0 : digits);
  const sign = text.startsWith(minus) ? minus : '';
  const code = currency ?? '';
  const symbol = symbols[code] ?? (code === '' ? '' : code + thin);
  return sign + symbol + text.slice(sign.length);
}

const spans: [number, string][] = [[86_400, 'd'], [3_600, 'h'], [60, 'min'], [1, 's']];
function duration(seconds: number, length: Length): string {
  const size = Math.abs(seconds);
  const [span, word] = spans.find(([each, name]) => size >= (name === 'd' ? 2 * each : each)) ?? [1, 's'];
  const scaled = seconds / span;
  const digits = Number.isInteger(scaled) || Math.abs(scaled) >= 100 ? 0 : 1;
  return `${plain(scaled, digits, length === 'axis' ? 0 : digits)}${space}${word}`;
}

/** A value in its unit: `12.3 %`, `€4.25M`, `2.5 h`, `48 210`. */
export function value(number: number | null | undefined, measure: Measure, length: Length = 'short'): string {
  if (number == null) return absent;
  switch (measure.unit.split(' ')[0]) {
    case 'share': return shareText(number, length);
    case 'money': return money(number, measure.currency ?? measure.unit.split(' ')[1], length);
    case 'duration': return duration(number, length);
    case 'count': return length === 'full' || length === 'whole' ? count(number)
      : compact(number, length === 'axis' ? 1 : 2, length === 'axis' ? 1e4 : 1e6) ?? plain(number, length === 'axis' ? 1 : 0, 0);
    case 'points': return plain(number, 1, length === 'axis' ? 0 : 1);
    default: return length === 'full' ? plain(number, 4, 2)
      : compact(number, length === 'axis' ? 1 : 2, 1e5) ?? plain(number, 2, length === 'axis' ? 0 : 2);
  }
}

/** A value with its sign: `+€12 346`, `−2.4 %`. */
export function signed(number: number | null | undefined, measure: Measure, length: Length = 'short'): string {
  if (number == null) return absent;
  const text = value(number, measure, length);
  return number > 0 && isSome(text) ? `+${text}` : text;
}

/** Both bounds of an interval, with the unit said once where it can be: `30.8 – 33.4 %`. */
export function interval(low: number | null | undefined, high: number | null | undefined, measure: Measure): string | undefined {
  if (low == null || high == null) return undefined;
  const [first, second] = [value(low, measure), value(high, measure)];
  const unit = /[\u202F\u00A0](%|d|h|min|s)$/.exec(second)?.[0];
  return unit !== undefined && first.endsWith(unit) ? `${first.slice(0, -unit.length)} – ${second}` : `${first} – ${second}`;
}

/** How much something moved, without its sign: relative in `%`, shares in `pp`, all else in its unit. */
export function changeSize(number: number, unit: string, measure: Measure): string {
  const size = Math.abs(number);
  if (unit === '%') return `${plain(size * 100, 1)}${thin}%`;
  if (unit === 'pp') return `${plain(size * 100, size < 0.00095 ? 2 : 1)}${space}pp`;
  return unit === 'points' ? `${plain(size, 1)}${space}points` : value(size, measure);
}

/** Whether a number as it is written is other than zero. */
export const isSome = (text: string): boolean => /[1-9]/.test(text);

export function change(number: number | null | undefined, unit: string, measure: Measure): string {
  if (number == null) return absent;
  const size = changeSize(number, unit, measure);
  return isSome(size) ? (number < 0 ? minus : '+') + size : size;
}

/** The difference of two values of one measure: shares differ in pp, all else in % of a positive base. */
export function difference(now: number, base: number, measure: Measure): string {
  if (measure.unit === 'share') return change(now - base, 'pp', measure);
  if (measure.unit === 'points') return change(now - base, 'points', measure);
  return base > 0 ? change(now / base - 1, '%', measure) : absent;
}

/** A plain share of a whole, for bars and progress: `42 %`. */
export const portion = (part: number): string => `${plain(part * 100, part > 0 && part < 0.1 ? 1 : 0)}${thin}%`;

/** A p-value as it is read: `p < 0.001`, `p = 0.031`. */
export const probability = (p: number): string => (p < 0.001 ? 'p\u00A0<\u00A00.001' : `p\u00A0=\u00A0${plain(p, p < 0.1 ? 3 : 2)}`);

/** A number with all its digits, grouped; at least so many decimals. */
export const exact = (number: number, least = 0): string => plain(number, 12, least);

/** A number with so many decimals, grouped. */
export const decimal = (number: number | null | undefined, digits: number): string => (number == null ? absent : plain(number, digits));

export const plural = (number: number, one: string, many = `${one}s`): string => `${count(number)} ${number === 1 ? one : many}`;
