import { kinds, type Field } from './kinds';
import { allFields, fieldValue, readCost, readEvents, readNames, readSteps, type Asked, type Cost, type Events } from './asked';
import { columnName, expression } from './conditions';
import { document, type Value } from './yaml';

/** How a definition is called, and what it says of itself. */
export interface Words { name: string; is: string; owner?: string | undefined }

export const asExplored: Words = { name: 'explored', is: 'A question of the Explore page.' };
type Types = (property: string) => string | undefined;

/** The question as a definition; undefined while something that it needs is missing. */
export function definitionOf(asked: Asked, source: string | undefined, types: Types, words: Words = asExplored): string | undefined {
  // What is only asked goes beside the definition; what is saved keeps it, or it would mean somebody else.
  const where = words === asExplored ? undefined : expression(asked.filters, types);
  if (asked.yaml !== undefined) return renamed(asked.yaml, asked.kind, words, where);
  if (source === undefined || missing(asked) !== undefined) return undefined;
  return document([
    [asked.kind, words.name], ['is', words.is], ['owner', words.owner], ['from', source], ['where', where],
    ...allFields(asked.kind).flatMap((field) => member(field, asked, types)),
  ]);
}

/** What has to be chosen before the question can be asked, in words. */
export function missing(asked: Asked): string | undefined {
  switch (asked.kind) {
    case 'funnel': return (readSteps(asked.fields['steps']) ?? []).filter((step) => step.e.length > 0).length < 2 ? 'Choose at least two steps.' : undefined;
    case 'adoption': return readEvents(asked.fields['feature']).e.length === 0 ? 'Choose what using the feature means.' : undefined;
    case 'campaigns': return readEvents(asked.fields['converts']).e.length === 0 ? 'Choose what a conversion is.' : undefined;
    case 'segment': return readEvents(asked.fields['did']).e.length === 0 ? 'Choose what its people did.' : undefined;
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
  if (asked.kind === 'retention' && field.key === 'criterion' && text === 'brackets') return [];
  switch (field.is) {
    case 'steps': return [[field.key, (readSteps(text) ?? []).filter((step) => step.e.length > 0).map((step) => stepValue(step, types))]];
    case 'events': {
      const events = readEvents(text);
      if (events.e.length === 0 && !events.if?.length) return [];
      if (field.key === 'events' || field.key === 'hide') return [[field.key, events.e]];
      return [[field.key, stepValue(events, types)]];
    }
    case 'properties': { const names = readNames(text); return names.length === 0 ? [] : [[field.key, names]]; }
    case 'exclusions': { const some = (readSteps(text) ?? []).filter((each) => each.e.length > 0); return some.length === 0 ? [] : [[field.key, some.map((each) => exclusionValue(each, types))]]; }
    case 'cost': { const cost = readCost(text); return isWholeCost(cost) ? [[field.key, costValue(cost)]] : []; }
    default: {
      if (field.when && !field.when(asked.fields)) return [];
      // A session must be said where sessions are counted; what is usual need not be.
      const isNeeded = field.key === 'session' && asked.kind === 'funnel';
      if ((text === field.standard && !isNeeded && !['over', 'within', 'brackets'].includes(field.key)) || text === '') return [];
      // A dialect brings a window of its own.
      if (field.key === 'within' && text === field.standard && asked.fields['like']) return [];
      if (field.key === 'brackets') return [['criterion', text.split(',').map((each) => each.trim()).filter((each) => each !== '').map((each) => (/^\d+$/.test(each) ? Number(each) : each))]];
      return [[field.key, ['length', 'times', 'parts'].includes(field.key) && /^\d+$/.test(text) ? Number(text) : text]];
    }
  }
}

/** `ordered`, `[a, b]` or `{ event: ordered, where: …, label: … }`. */
export function stepValue(step: Events, types: Types): Value {
  const where = expression(step.if ?? [], types);
  if (!where && !step.as && !step.opt) return step.e.length === 1 ? step.e[0]! : step.e;
  return { ...(step.e.length === 1 ? { event: step.e[0]! } : step.e.length > 1 ? { events: step.e } : {}), where, label: step.as || undefined, optional: step.opt || undefined };
}

/** `{ event: refunded, between: [1, 3], rule: person }`; between the first step and the last, and ending the attempt, where nothing is said. */
function exclusionValue(exclusion: Events, types: Types): Value {
  const { e, between, rule } = exclusion;
  return { ...(e.length === 1 ? { event: e[0]! } : { events: e }), where: expression(exclusion.if ?? [], types), between, rule: rule === undefined || rule === '' ? undefined : rule };
}

/** A cost needs its amount, and something that says for which visits it was paid. */
export const isWholeCost = (cost: Cost): boolean => Boolean(cost.from && cost.amount && (cost.source || cost.medium || cost.campaign));
const costKeys = ['amount', 'source', 'medium', 'campaign', 'clicks', 'impressions'] as const;
const costValue = (cost: Cost): Value => ({ from: cost.from, ...Object.fromEntries(costKeys.flatMap((key) => (cost[key] ? [[key, columnName(cost[key]!)]] : []))) });

/** A definition as text under another name, with what it says of itself, over the rows that were asked about. */
function renamed(yaml: string, kind: string, words: Words, where: string | undefined): string {
  if (words === asExplored) return where === undefined ? yaml : narrowed(yaml, where);
  const lines = yaml.replace(/\s+$/, '').split('\n').filter((line) => !/^(is|owner):/.test(line) || (line.startsWith('owner:') && !words.owner));
  const head = document([[kind, words.name], ['is', words.is], ['owner', words.owner]]);
  const text = head + lines.filter((line) => !line.startsWith(`${kind}:`)).join('\n') + '\n';
  return where === undefined ? text : narrowed(text, where);
}

/** A definition over fewer rows: beside the condition that it may have already. */
function narrowed(yaml: string, where: string): string {
  const old = /^where: (.*)$/m.exec(yaml);
  if (!old) return `${yaml.replace(/\s+$/, '')}\n${document([['where', where]])}`;
  return yaml.replace(/^where: .*$/m, () => document([['where', `(${unquoted(old[1]!)}) and ${where}`]]).trimEnd());
}

function unquoted(text: string): string {
  if (!/^".*"$/.test(text)) return text.replace(/^'(.*)'$/, (_, inner: string) => inner.replace(/''/g, "'"));
  try { return String(JSON.parse(text)); } catch { return text; }
}

/** The address of the answer: the definition, and over what it is asked; whole where neither periods nor parts are wanted. */
export function answerPath(path: string, asked: Asked, yaml: string | undefined, types: Types, isWhole = false, more: Record<string, string | undefined> = {}): string | undefined {
  if (asked.name === undefined && yaml === undefined) return undefined;
  const about = kinds[asked.kind];
  const query = new URLSearchParams();
  const add = (name: string, value: string | undefined): void => { if (value !== undefined && value !== '') query.append(name, value); };
  if (asked.name !== undefined) add('name', asked.name); else add('definition', yaml);
  if (!about.isTimeless) add('over', asked.over);
  if (!isWhole) {
    if (about.grains) add('grain', asked.grain);
    if (about.splits) add('by', asked.split);
    if (about.compares) add('compare', asked.compare === 'none' ? undefined : asked.compare);
  }
  for (const condition of asked.filters) add('where', expression([condition], types));
  for (const [name, value] of Object.entries(more)) add(name, value);
  return `${path}?${query.toString()}`;
}
