import type { Answers } from '../src/pages/explore/AnswerPart';
import { headlineOf } from '../src/pages/explore/headline';
import { equal, finish, test } from './check';

const said = (answer: object): string => headlineOf(answer as Answers).replace(/[\u202F\u00A0]/g, ' ');

test('a funnel says who gets through', () => equal(said({ funnel: 'x', entries: 900, conversion: { value: 0.38 }, steps: [1, 2, 3] }), '38.0 % of 900 get through 3 steps'));
test('a funnel without anybody says so', () => equal(said({ funnel: 'x', entries: 0, steps: [] }), 'Nobody took the first step'));
test('a retention says its cohorts and the first return', () => equal(
  said({ retention: 'x', age: 'week', cohorts: [{ size: 5 }, { size: 0 }, { size: 7 }], averages: [{ age: '0', pooled: 1 }, { age: '1', pooled: 0.424 }] }), '2 cohorts, 42.4 % back in week 1'));
test('activity says the last day that is over', () => equal(
  said({ activity: 'x', days: [{ day: '2026-01-01', complete: true, dau: 40, mau: 90 }, { day: '2026-01-02', complete: false, dau: 1, mau: 91 }] }), '40 active in a day, 90 in 28'));
test('paths say the most frequent way', () => equal(said({ paths: 'x', total: 12, counting: 'sessions', top: [{ events: ['a', '…'] }] }), '12 sessions, most frequently a, then all others'));
test('a segment says how many are in it', () => equal(said({ segment: 'x', members: 3, of: 1234 }), '3 of 1 234 are in it'));
test('campaigns say visits and conversion', () => equal(said({ campaigns: 'x', total: { visits: 1, conversion: { value: 0.5 } } }), '1 visit, 50.0 % converted'));
finish('headline');
