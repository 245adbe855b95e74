import { day, following, inclusiveRange, isoDay, moment, position, tick } from '../src/format/dates';
import { change, difference, integer, interval, portion, value } from '../src/format/numbers';
import { equal, finish, test } from './check';

const share = { unit: 'share' }, money = { unit: 'money', currency: 'EUR' }, count = { unit: 'count' }, seconds = { unit: 'duration' };
/** Thin and unbreakable spaces as plain ones, so that the lines below can be read. */
const plain = (text: string | undefined): string | undefined => text?.replace(/[\u202F\u00A0]/g, ' ');

test('a share is a percentage with one decimal', () => equal(plain(value(0.1234, share)), '12.3 %'));
test('a small share keeps two digits', () => equal(plain(value(0.0042, share)), '0.42 %'));
test('money has its currency before and groups of three', () => equal(plain(value(12_345.6, money)), '€12 346'));
test('small money keeps its cents', () => equal(plain(value(41.5, money)), '€41.50'));
test('large money is shortened', () => equal(plain(value(4_251_300, money)), '€4.25M'));
test('money in full keeps every cent', () => equal(plain(value(4_251_300, money, 'full')), '€4 251 300.00'));
test('a currency without a sign of its own is written out', () => equal(plain(value(-5, { unit: 'money', currency: 'CHF' })), '\u2212CHF 5.00'));
test('a count has no decimals', () => equal(plain(value(48_210, count)), '48 210'));
test('durations choose their unit', () => equal([90, 9000, 360_000].map((each) => plain(value(each, seconds))), ['1.5 min', '2.5 h', '4.2 d']));
test('no number is a dash, not a zero', () => equal([value(null, share), integer(undefined)], ['–', '–']));
test('a rounded minus zero is zero', () => equal(plain(value(-0.00001, { unit: 'number' })), '0.00'));
test('an interval says its unit once', () => equal(plain(interval(0.308, 0.334, share)), '30.8 – 33.4 %'));
test('an interval of two units says both', () => equal(plain(interval(3000, 9000, seconds)), '50 min – 2.5 h'));
test('a relative change is in %', () => equal(plain(change(-0.041, '%', count)), '\u22124.1 %'));
test('a change of a share is in pp', () => equal(plain(change(0.024, 'pp', share)), '+2.4 pp'));
test('a tiny change of a share does not round to nothing', () => equal(plain(change(0.0001, 'pp', share)), '+0.01 pp'));
test('a change without a percentage is in the unit itself', () => equal(plain(change(12, 'unit', count)), '+12'));
test('shares differ in pp, amounts in %', () => equal([difference(0.34, 0.31, share), difference(110, 100, count)].map(plain), ['+3.0 pp', '+10.0 %']));
test('there is no % on a base of zero or less', () => equal([difference(5, 0, count), difference(5, -5, count)], ['–', '–']));
test('portions', () => equal([0.424, 0.061].map((each) => plain(portion(each))), ['42 %', '6.1 %']));

test('a civil date stays itself in every zone', () => equal(day('2026-06-15'), '15 Jun 2026'));
test('an instant is told in the zone of the workspace', () => equal(moment('2026-06-26T22:30:00Z', 'Europe/Berlin'), '27 Jun 2026, 00:30'));
test('the hour of a change of clocks is drawn at its civil place', () => equal(new Date(position('2026-03-29T01:00:00Z', 'Europe/Berlin')).toISOString().slice(0, 16), '2026-03-29T03:00'));
test('a date and time without a zone is civil already', () => equal(new Date(position('2026-06-01T05:00:00', 'Asia/Tokyo')).toISOString().slice(0, 16), '2026-06-01T05:00'));
test('a half-open period is said with both days', () => equal([inclusiveRange('2026-06-15', '2026-06-22'), inclusiveRange('2026-06-15', '2026-06-16')], ['2026-06-15..2026-06-21', '2026-06-15']));
test('months follow each other by the calendar', () => equal(isoDay(following(Date.UTC(2026, 11, 1), 'month')), '2027-01-01'));
test('the first tick of a year carries it', () => equal([tick(Date.UTC(2026, 0, 5), 'week'), tick(Date.UTC(2026, 1, 2), 'week')], ['5 Jan\n2026', '2 Feb']));
finish('format');
