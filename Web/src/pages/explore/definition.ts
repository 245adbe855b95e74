import { kinds, type Field } from './kinds';
import { allFields, fieldValue, readEvents, readSteps, type Asked, type Events } from './asked';
import { expression } from './conditions';
import { document, type Value } from './yaml';

/** How a definition is called, and what it says of itself. */
export interface Words { name: string; is: string; owner?: string | undefined }

export const asExplored: Words = { name: 'explored', is: 'A question of the Explore page.' };
type Types = (property: string) => string | undefined;

/** The question as a definition; undefined while something that it needs is missing. */
export function definitionOf(asked: Asked, source: string | undefined, types: Types, words: Words = asExplored): string | undefined {
  if (asked.yaml !== undefined) return renamed(asked.yaml, asked.kind, words);
  if (source === undefined || missing(asked) !== undefined) return undefined;
  return document([
    [asked.kind, words.name], ['is', words.is], ['owner', words.owner], ['from', source],
    ...allFields(asked.kind).flatMap((field) => member(field, asked, types)),
  ]);
}

/** What has to be chosen before the question can be asked, in words. */
export function missing(asked: Asked): string | undefined {
  switch (asked.kind) {
    case 'funnel': return (readSteps(asked.fields['steps']) ?? []).filter((step) => step.e.length > 0).length < 2 ? 'Choose at least two steps.' : undefined;
    case 'adoption': return readEvents(asked.fields['feature']).e.length === 0 ? 'Choose what using the feature means.' : undefined;
    case 'campaigns': return readEvents(asked.fields['converts']).e.length === 0 ? 'Choose what a conversion is.' : undefined;
    case 'paths': return (asked.fields['anchor'] ?? 'first') !== 'first' && readEvents(asked.fields['event']).e.length === 0 ? 'Choose the event to follow.' : undefined;
    default: return undefined;
  }
}

function member(field: Field, asked: Asked, types: Types): [string, Value | undefined][] {
  const text = fieldValue(asked, field);
  if (asked.kind === 'paths' && field.key === 'anchor') return [];
  if (asked.kind === 'paths' && field.key === 'event') {
    const anchor = asked.fields['anchor'] ?? 'first';
    return anchor === 'first' ? [] : [[anchor, readEvents(text).e[0]]];
  }
  switch (field.is) {
    case 'steps': return [[field.key, (readSteps(text) ?? []).filter((step) => step.e.length > 0).map((step) => stepValue(step, types))]];
    case 'events': {
      const events = readEvents(text);
      if (events.e.length === 0 && !events.if?.length) return [];
      if (field.key === 'exclude') return [[field.key, events.e.map((event) => ({ event }))]];
      if (field.key === 'events' || field.key === 'hide') return [[field.key, events.e]];
      return [[field.key, stepValue(events, types)]];
    }
    default: {
      if (field.when && !field.when(asked.fields)) return [];
      // A session must be said where sessions are counted; what is usual need not be.
      const isNeeded = field.key === 'session' && asked.kind === 'funnel';
      if ((text === field.standard && !isNeeded && field.key !== 'over' && field.key !== 'within') || text === '') return [];
      // A dialect brings a window of its own.
      if (field.key === 'within' && text === field.standard && asked.fields['like']) return [];
      return [[field.key, field.key === 'length' ? Number(text) : text]];
    }
  }
}

/** `ordered`, `[a, b]` or `{ event: ordered, where: …, label: … }`. */
export function stepValue(step: Events, types: Types): Value {
  const where = expression(step.if ?? [], types);
  if (!where && !step.as && !step.opt) return step.e.length === 1 ? step.e[0]! : step.e;
  return { ...(step.e.length === 1 ? { event: step.e[0]! } : step.e.length > 1 ? { events: step.e } : {}), where, label: step.as || undefined, optional: step.opt || undefined };
}

/** A definition as text under another name, with what it says of itself. */
function renamed(yaml: string, kind: string, words: Words): string {
  if (words === asExplored) return yaml;
  const lines = yaml.replace(/\s+$/, '').split('\n').filter((line) => !/^(is|owner):/.test(line) || (line.startsWith('owner:') && !words.owner));
  const head = document([[kind, words.name], ['is', words.is], ['owner', words.owner]]);
  return head + lines.filter((line) => !line.startsWith(`${kind}:`)).join('\n') + '\n';
}

/** The address of the answer: the definition, and over what it is asked; whole where neither periods nor parts are wanted. */
export function answerPath(path: string, asked: Asked, yaml: string | undefined, types: Types, isWhole = false, more: Record<string, string | undefined> = {}): string | undefined {
  if (asked.name === undefined && yaml === undefined) return undefined;
  const about = kinds[asked.kind];
  const query = new URLSearchParams();
  const add = (name: string, value: string | undefined): void => { if (value !== undefined && value !== '') query.append(name, value); };
  if (asked.name !== undefined) add('name', asked.name); else add('definition', yaml);
  add('over', asked.over);
  if (!isWhole) {
    if (about.grains) add('grain', asked.grain);
    if (about.splits) add('by', asked.split);
    if (about.compares) add('compare', asked.compare === 'none' ? undefined : asked.compare);
  }
  for (const condition of asked.filters) add('where', expression([condition], types));
  for (const [name, value] of Object.entries(more)) add(name, value);
  return `${path}?${query.toString()}`;
}
