import type { Condition } from './conditions';
import { kinds, type Field, type Kind } from './kinds';

/** Events with conditions; a step may have a label and be optional, an exclusion lie between two steps and have a rule. */
export interface Events { e: string[]; if?: Condition[]; as?: string; opt?: boolean; between?: [after: number, before: number]; rule?: string }
/** What campaigns cost: the source that tells it, and its columns by the keys of the definition. */
export type Cost = Partial<Record<'from' | CostColumn, string>>;
export type CostColumn = 'amount' | 'source' | 'medium' | 'campaign' | 'clicks' | 'impressions';

/** What the address says of a question. Fields of the definition keep its keys; `name` opens a saved one, `yaml` one as text. */
export interface Asked {
  kind: Kind; source: string | undefined; name: string | undefined; yaml: string | undefined; fields: Record<string, string>;
  /** The range as the address says it, and as it is asked: with the period that still runs. */
  range: string; over: string; grain: string; split: string; filters: Condition[]; compare: string;
}

export const standardRange = '12w';

/** What day it is in the workspace, and on which day its weeks begin. */
export interface Clock { today: string; firstWeekday: string }

export function askedIn(kind: Kind, query: URLSearchParams, clock: Clock): Asked {
  const fields: Record<string, string> = {};
  for (const field of allFields(kind)) { const value = query.get(field.key); if (value !== null) fields[field.key] = value; }
  return {
    kind, fields, source: query.get('source') ?? undefined, name: query.get('name') ?? undefined, yaml: query.get('yaml') ?? undefined,
    range: query.get('range') ?? standardRange, over: overOf(query.get('range') ?? standardRange, clock), grain: query.get('grain') ?? 'week', split: query.get('split') ?? '',
    filters: readFilters(query.get('filter')), compare: query.get('compare') ?? 'none',
  };
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** `12w` is the twelve weeks before this one, and this one up to today; other ranges are asked as they are. */
export function overOf(range: string, { today, firstWeekday }: Clock): string {
  const match = /^(\d{1,3})([wm])$/.exec(range);
  if (!match) return range;
  const at = new Date(`${today}T00:00:00Z`), count = Number(match[1]);
  if (match[2] === 'm') at.setUTCMonth(at.getUTCMonth() - count, 1);
  else at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() - Math.max(0, weekdays.indexOf(firstWeekday.toLowerCase())) + 7) % 7) - count * 7);
  return `${at.toISOString().slice(0, 10)}..${today}`;
}

export const allFields = (kind: Kind): readonly Field[] => [...kinds[kind].main, ...kinds[kind].rules, ...(kinds[kind].options ?? [])];

export const fieldValue = (asked: Asked, field: Field): string => asked.fields[field.key] ?? ('standard' in field ? field.standard : '');

/** Reads a list out of the address; what is not one is as good as nothing. */
function parsed<T extends unknown[]>(text: string | null | undefined): T | undefined {
  if (!text) return undefined;
  try { const value: unknown = JSON.parse(text); return Array.isArray(value) ? (value as T) : undefined; } catch { return undefined; }
}

/** The conditions of the whole question. */
export const readFilters = (text: string | null): Condition[] => parsed<Condition[]>(text) ?? [];

export const readSteps = (text: string | undefined): Events[] | undefined =>
  parsed<unknown[]>(text)?.map((each) => (typeof each === 'string' ? { e: [each] } : { ...(each as Events), e: Array.isArray((each as Events).e) ? (each as Events).e : [] }));

/** `["signed_up",{"e":["ordered"],"opt":true}]`: a step that is only an event is only its name. */
export const writtenSteps = (steps: readonly Events[]): string =>
  JSON.stringify(steps.map((step) => (step.e.length === 1 && !step.if?.length && !step.as && !step.opt && !step.between && !step.rule ? step.e[0] : step)));

/** `["country","device"]`: properties by their names. */
export const readNames = (text: string | undefined): string[] => (parsed<unknown[]>(text) ?? []).filter((each): each is string => typeof each === 'string');
export const writtenNames = (names: readonly string[]): string => (names.length === 0 ? '' : JSON.stringify(names));

export function readCost(text: string | undefined): Cost {
  if (!text) return {};
  try { const value: unknown = JSON.parse(text); return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Cost) : {}; } catch { return {}; }
}
export const writtenCost = (cost: Cost): string => (cost.from === undefined ? '' : JSON.stringify(cost));

export const readEvents = (text: string | undefined): Events => readSteps(text)?.[0] ?? { e: [] };
export const writtenEvents = (events: Events): string => (events.e.length === 0 && !events.if?.length ? '' : writtenSteps([events]));
