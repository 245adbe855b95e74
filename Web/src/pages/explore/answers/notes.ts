/** Notes that say what the page shows already: hatched cells, the names of its figures. */
const shown = [/^Entries of the periods that are marked as censored/, /^wau and mau count/, /^'ended' counts/, /^Cells that are not complete are left out/, /^Filters use it as in_segment/];

/** Notes that speak of rows, keys of a definition or options of the command line, in the words of the page. */
const words: readonly (readonly [RegExp, string])[] = [
  [/ \(--[a-z][^)]*\)/g, ''],
  [/^The first days look back beyond the first row of the data, so their wau and mau are low\./, 'The first days look back beyond the first event, so their 7 and 28 days are low.'],
  [/^'On or after' rises/, '“At that age or later” rises'],
  [/^Whoever did anything counts as eligible;.*/, 'Whoever did anything counts as somebody who could have used it; “Could have” narrows that.'],
  [/^Retained are the users of a period who were users in the period before, of all who were\./, 'Came back are the users of a period who were users in the period before, of all who were.'],
  [/^Sessions are those of the range's rows; one that reaches over its start begins with it\./, 'A session that reaches over the start of the range begins with the range.'],
  [/^A (?:path|visit) is in the part of '(.+)' in its (session's )?first row\./, 'A visit counts for the $1 of its first event.'],
  [/^A visit is of the first source, medium and campaign that one of its rows names/, 'A visit counts for the first source, medium and campaign that one of its events names'],
  [/^Costs are not known by '(.+)', so/, 'Costs are not known by $1, so'],
  [/^Parts are by the value of the row that starts/, 'Parts are by the value of the event that starts'],
  [/^Counted are those who have a row that passes/, 'Counted are those with an event that passes'],
];

/** What is noted of an answer, as who asked on the page reads it. */
export const notesOnPage = (notes: readonly string[]): string[] =>
  notes.filter((note) => !shown.some((each) => each.test(note))).map((note) => words.reduce((text, [from, to]) => text.replace(from, to), note));
