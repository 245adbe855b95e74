import { Failure } from '../../api/request';
import { fieldValue, readEvents, readSteps, allFields, type Asked } from './asked';
import type { Known } from './inventory';
import { kindNames, kinds, type Field, type Kind } from './kinds';

/** A failure in the words of the page: which field it is about, and whether asking again can help. */
export interface Mistake { failure: Failure; field: string | undefined; isOwn: boolean }

/**
 * What went wrong, as who builds a question sees it.
 *
 * The server speaks of the definition; where that is not seen, its keys are the labels of fields, and its lines say nothing.
 */
export function mistakeOf(failure: Failure, asked: Asked, yaml?: string): Mistake {
  const isOwn = failure.status >= 400 && failure.status < 500 && failure.status !== 408 && failure.status !== 429;
  if (asked.name !== undefined) return { failure, field: undefined, isOwn };
  if (asked.yaml !== undefined) {
    const place = failure.place?.line ? { file: `line ${failure.place.line} of the definition` } : null;
    return { failure: new Failure(failure.status, { code: failure.code, message: failure.message, hint: failure.hint ?? null, place }), field: undefined, isOwn };
  }
  const said = /^'([a-z_]+)' of the .+? is ([\s\S]+); '([\s\S]*)' is none\.$/.exec(failure.message) ?? /^'([a-z_]+)' of the .+? is ([\s\S]+)\.$/.exec(failure.message);
  const shown = (field: Field): boolean => !('when' in field) || field.when === undefined || field.when(asked.fields);
  const all = allFields(asked.kind).filter(shown), field = said ? all.find((each) => each.key === said[1] && each.is === 'text') ?? all.find((each) => each.key === 'brackets' && said[1] === 'criterion') : undefined;
  const body = { code: failure.code, message: failure.message, hint: failure.hint ?? null, place: null };
  if (!said || field?.is !== 'text') {
    const at = fieldAt(failure, all, asked, yaml), clash = /^A number is compared with a text in '(\S+) \S+ '(.*)''\.$/.exec(failure.message);
    if (clash && at === undefined) return { failure: new Failure(failure.status, { ...body, message: `“${clash[1] ?? ''}” is a number; “${clash[2] ?? ''}” is none.`, hint: 'Choose or write a number, such as 10.' }), field: undefined, isOwn };
    return { failure: new Failure(failure.status, at ? { ...body, message: `“${at.label}”: ${failure.message}` } : body), field: at?.key, isOwn };
  }
  const examples = field.examples.slice(0, 2).map((each) => `“${each}”`).join(' or ');
  return { failure: new Failure(failure.status, { ...body, message: `“${field.label}” is ${field.what ?? said[2] ?? ''}; “${fieldValue(asked, field)}” is none.`, hint: examples === '' ? null : `Write ${examples}.` }), field: field.key, isOwn };
}

/** The typed field that stands in the line of the definition at which a failure points; where it points at none, the one that has the name in it that is not known. */
function fieldAt(failure: Failure, all: readonly Field[], asked: Asked, yaml: string | undefined): Extract<Field, { is: 'text' }> | undefined {
  const line = failure.place?.line, key = line ? /^([a-z_]+):/.exec(yaml?.split('\n')[line - 1] ?? '')?.[1] : undefined;
  const name = line ? undefined : /named '(.+?)'\.$/.exec(failure.message)?.[1];
  return all.find((each): each is Extract<Field, { is: 'text' }> => each.is === 'text' && (each.key === key || (name !== undefined && fieldValue(asked, each).includes(name))));
}

/** The events of a question that have never come in, each with the one that is named most like it. */
export function unseen(asked: Asked, known: Known): { event: string; like: string | undefined }[] {
  const seen = known.events.filter((event) => event.count > 0).map((event) => event.name);
  if (asked.name !== undefined || asked.yaml !== undefined || seen.length === 0) return [];
  const named = allFields(asked.kind).flatMap((field) => {
    const text = asked.fields[field.key];
    return field.is === 'steps' || field.is === 'exclusions' ? (readSteps(text) ?? []).flatMap((step) => step.e) : field.is === 'events' ? readEvents(text).e : [];
  });
  return [...new Set(named)].filter((event) => !seen.includes(event)).map((event) => ({ event, like: nearest(event, seen) }));
}

/** The name that takes the fewest changes, where they are few. */
export function nearest(name: string, all: readonly string[]): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const ranked = all.map((each) => ({ each, changes: changes(plain(name), plain(each)) })).sort((a, b) => a.changes - b.changes)[0];
  return ranked && ranked.changes <= Math.max(1, Math.floor(name.length / 3)) ? ranked.each : undefined;
}

/** How many letters have to be put in, left out or replaced to turn a text into another (Levenshtein). */
function changes(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[to.length] ?? 0;
}

/** The kind that a definition as text begins with, where it is another than the page asks. */
export function otherKind(yaml: string | undefined, kind: Kind): Kind | undefined {
  const first = /^(?:\s*(?:#.*)?\n)*([a-z]+):/.exec(yaml ?? '')?.[1];
  return kindNames.find((each) => each === first && each !== kind && kinds[each].main.length > 0);
}
