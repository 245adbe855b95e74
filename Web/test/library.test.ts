import type { LibraryEntry } from '../src/api/types';
import { addition, entryHref, families, familyOf, matching } from '../src/pages/catalogue/library';
import { goalOf } from '../src/pages/choose/choices';
import { equal, finish, test } from './check';

const entry = (id: string, title: string, family: LibraryEntry['family']): LibraryEntry =>
  ({ id, title, variant: null, is: '', formula: '', unit: 'count', better: 'up', use: '', misleads: '', guardrail: null, source: null, needs: [], yaml: '', family });
const all = [entry('churn-of-opening', 'Churn', { id: 'subscriptions', title: 'Subscriptions' }), entry('churn', 'Churn', { id: 'subscriptions', title: 'Subscriptions' }), entry('nps', 'Recommendation', 'opinion'), entry('old', 'Old', undefined)];

test('families are counted in the library\'s order', () => equal(families(all).map((each) => [each.id, each.count]), [['subscriptions', 2], ['opinion', 1], ['other', 1]]));
test('a family may be a name alone', () => equal(familyOf(all[2]!), { id: 'opinion', title: 'Opinion' }));
test('search looks into names and families', () => equal([matching(all, 'subscr', ''), matching(all, '', 'opinion'), matching(all, 'churn', 'opinion')].map((each) => each.length), [2, 1, 0]));
test('an exact name comes first', () => equal(matching(all, 'churn', '').map((each) => each.id), ['churn', 'churn-of-opening']));
test('an entry has an address', () => equal(entryHref('a b'), '/catalogue?tab=library&q=a%20b'));
test('the main source is sent by itself, the others by their parts', () => equal(addition({ source: 'orders', costs: 'marketing', visits: '' }, ' person=user_id '), { source: 'orders', sources: 'costs=marketing', names: 'person=user_id' }));
test('nothing chosen sends nothing', () => equal(addition({ source: '' }, ''), {}));
test('words lead to a goal', () => equal(['Fewer customers leave us', 'New teams succeed early in their first week', 'Ship faster with fewer incidents', 'More revenue from what people pay', 'People are happy and recommend us', 'Reach new customers'].map(goalOf), ['retain', 'activate', 'deliver', 'monetise', 'satisfy', 'acquire']));
test('words that say nothing lead nowhere', () => equal([goalOf(''), goalOf('world peace')], [undefined, undefined].map((each) => each)));
finish('library');
