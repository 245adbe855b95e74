import { brokenName } from '../src/format/names';
import { notesOnPage } from '../src/pages/explore/answers/notes';
import { equal, finish, test } from './check';

test('a name stays as it is where there is room', () => equal(brokenName('page_viewed', 20), 'page_viewed'));
test('a long name ends its lines after underscores and spaces', () => equal(brokenName('product_viewed in_app', 10), 'product_\nviewed in_\napp'));
test('what fits stays on a line', () => equal(brokenName('a_b_c_long_name', 8), 'a_b_c_\nlong_\nname'));
test('a word without seams is left to the one who draws it', () => equal(brokenName('enterprise', 4), 'enterprise'));

test('notes of what is seen already are left out', () => equal(notesOnPage(['Cells that are not complete are left out of the averages.', "'ended' counts paths with nothing before a position."]), []));
test('a note names fields, not keys of a definition', () => equal(
  notesOnPage(["Whoever did anything counts as eligible; say who could use it with 'eligible'."]), ['Whoever did anything counts as somebody who could have used it; “Could have” narrows that.']));
test('a note names the property, not a row', () => equal(notesOnPage(["A path is in the part of 'plan' in its session's first row."]), ['A visit counts for the plan of its first event.']));
test('options of the command line are left out', () => equal(notesOnPage(['There are more (--limit 100).']), ['There are more.']));
test('other notes stay as they are', () => equal(notesOnPage(['Everybody counts once.']), ['Everybody counts once.']));
finish('names');
