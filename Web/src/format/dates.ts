/** Civil dates as text. They are never read in the browser's own zone: a day is a day of the workspace. */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const dayMilliseconds = 86_400_000;

/** A civil date or date and time as a number to draw with: as if its clock were UTC. */
export function position(text: string, zone: string): number {
  const instant = /T.*(Z|[+-]\d\d:?\d\d)$/.test(text);
  return instant ? civilPosition(new Date(text), zone) : Date.parse(text.includes('T') ? `${text}Z` : `${text}T00:00:00Z`);
}

function civilPosition(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value ?? 0);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** `2026-06-15` → `15 Jun 2026`. */
export function day(text: string | null | undefined): string {
  if (text == null) return '–';
  const [year, month, date] = text.slice(0, 10).split('-').map(Number);
  return `${date} ${months[(month ?? 1) - 1]} ${year}`;
}

/** An instant in the workspace's zone: `28 Jun 2026, 23:59`; a bare date stays one. */
export function moment(text: string | null | undefined, zone: string): string {
  if (text == null) return '–';
  if (!text.includes('T')) return day(text);
  const at = new Date(position(text, zone)).toISOString();
  return `${day(at)}, ${at.slice(11, 16)}`;
}

/** A tick of a time axis; January and the first tick carry the year. */
export function tick(at: number, grain: string): string {
  const date = new Date(at);
  const month = months[date.getUTCMonth()] ?? '';
  if (grain === 'year') return String(date.getUTCFullYear());
  if (grain === 'hour' && date.getUTCHours() !== 0) return date.toISOString().slice(11, 16);
  const text = grain === 'month' || grain === 'quarter' ? month : `${date.getUTCDate()} ${month}`;
  const opensYear = date.getUTCMonth() === 0 && (date.getUTCDate() <= 7 || grain === 'month' || grain === 'quarter');
  return opensYear ? `${text}\n${date.getUTCFullYear()}` : text;
}

/** The start of the period after the one that starts at `at`, by the civil calendar. */
export function following(at: number, grain: string): number {
  const date = new Date(at);
  switch (grain) {
    case 'hour': return at + 3_600_000;
    case 'day': return at + dayMilliseconds;
    case 'month': return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
    case 'quarter': return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 3, date.getUTCDate());
    case 'year': return Date.UTC(date.getUTCFullYear() + 1, date.getUTCMonth(), date.getUTCDate());
    default: return at + 7 * dayMilliseconds;
  }
}

export const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);
/** A half-open period as the range language says it: both days inclusive. */
export function inclusiveRange(start: string, endExclusive: string): string {
  const last = isoDay(Date.parse(`${endExclusive.slice(0, 10)}T00:00:00Z`) - dayMilliseconds);
  const first = start.slice(0, 10);
  return last <= first ? first : `${first}..${last}`;
}

/** `2026-05-01..2026-05-31` → `1 May 2026 – 31 May 2026`; words stay words. */
export function rangeText(range: string): string {
  const [first, last, ...more] = range.split('..');
  const isDay = (text: string | undefined): text is string => text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text);
  if (more.length > 0 || !isDay(first)) return range;
  return last === undefined ? day(first) : isDay(last) ? (first === '1970-01-01' ? `until ${day(last)}` : `${day(first)} – ${day(last)}`) : range;
}

/** `week of 8 Jun 2026` at the start of a line. */
export const sentence = (label: string): string => label.charAt(0).toUpperCase() + label.slice(1);

/** `in the week of 8 Jun 2026`, `in May 2026`. */
export const within = (label: string): string => `in ${/^(week|month|quarter|year) /.test(label) ? 'the ' : ''}${label}`;
