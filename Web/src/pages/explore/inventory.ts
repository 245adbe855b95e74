import { createContext, useContext, useMemo } from 'react';
import type { Inventory, KnownProperty, PropertyValues } from '../../api/behaviour';
import type { SourceEntry } from '../../api/types';
import { withQuery } from '../../api/request';
import { useRequest } from '../../api/useRequest';
import { day } from '../../format/dates';
import { integer } from '../../format/numbers';
import type { Choosable } from '../../parts/Picker';

/** What is known of the events of the source that is asked about. */
export interface Known { source: string | undefined; sources: readonly SourceEntry[]; events: Inventory['events']; properties: KnownProperty[]; type: (property: string) => string | undefined }

export const KnownContext = createContext<Known>({ source: undefined, sources: [], events: [], properties: [], type: () => undefined });
export const useKnown = (): Known => useContext(KnownContext);

/** The column of an imported table that says what was done, by its name; the source's definition has the last word. */
export const eventColumn = (source: SourceEntry): string | undefined => source.columns.find((column) => /^(event(_?name)?|activity|action)$/i.test(column.name))?.name;

const none: readonly SourceEntry[] = [];

/** What came into a source of events; of a table that is imported the columns are known, and the commonest events. */
export function useInventory(source: SourceEntry, sources: readonly SourceEntry[] = none): { known: Known; isReady: boolean } {
  const inventory = useRequest<Inventory>(source.takes === 'events' ? `/sources/${encodeURIComponent(source.name)}/events` : undefined);
  const data = inventory.data?.source === source.name ? inventory.data : undefined;
  const column = source.takes === 'events' ? undefined : eventColumn(source);
  const commonest = useRequest<PropertyValues>(column === undefined ? undefined : withQuery(`/sources/${encodeURIComponent(source.name)}/values`, { property: column }));
  const known = useMemo((): Known => {
    const seen = merged(data?.events.flatMap((event) => event.properties) ?? []);
    const names = new Set(seen.map((property) => property.name));
    const columns = source.columns.filter((column) => !names.has(column.name) && !ids.has(column.name));
    const properties = [...seen, ...columns.map((column): KnownProperty => ({ name: column.name, type: column.type, count: 0, example: null, is: null, status: 'planned', declared: true }))];
    const types = new Map(properties.map((property) => [property.name, property.type ?? undefined]));
    const events = data?.events ?? commonest.data?.values.flatMap((each) => (each.value === null ? [] : [{ name: each.value, is: null, count: each.count, first: null, last: null, status: 'planned', properties: [] }])) ?? [];
    return { source: source.name, sources, events, properties, type: (name) => types.get(name) };
  }, [source, sources, data, commonest.data]);
  return { known, isReady: source.takes === 'events' ? data !== undefined || inventory.failure !== undefined : column === undefined || commonest.data !== undefined || commonest.failure !== undefined };
}

/** Columns of every source of events that tell rows and people apart, which nobody splits by. */
const ids = new Set(['person', 'actor', 'event', 'kind', 'time', 'client_time', 'received', 'message_id', 'properties', 'traits', 'user_id', 'anonymous_id', 'session_id']);

/** A property once, whichever events have it: their counts added up, the first words that there are. */
export function merged(properties: readonly KnownProperty[]): KnownProperty[] {
  const all = new Map<string, KnownProperty>();
  for (const property of properties) {
    const before = all.get(property.name);
    all.set(property.name, before ? { ...before, count: before.count + property.count, is: before.is ?? property.is, example: before.example ?? property.example, declared: before.declared || property.declared } : property);
  }
  return [...all.values()].sort((a, b) => b.count - a.count);
}

/** Events as they are chosen: what they are, how many came, and when the last one did. */
export const eventOptions = (known: Known): Choosable[] =>
  [...known.events].sort((a, b) => b.count - a.count).map((event) => ({
    value: event.name, detail: event.is ?? (event.last ? `last ${day(event.last)}` : event.count === 0 ? 'not seen yet' : undefined), count: event.count > 0 ? integer(event.count) : undefined,
    mark: event.status === 'unplanned' ? 'unplanned' : event.status === 'unseen' ? 'not seen' : undefined,
  }));

/** Properties as they are chosen; those that are no columns cannot be asked about yet, and say how they could be. */
export const propertyOptions = (known: Known, events: readonly string[] = []): Choosable[] => {
  const here = merged(known.events.filter((event) => events.includes(event.name)).flatMap((event) => event.properties));
  const names = new Set(here.map((property) => property.name));
  return [...here, ...known.properties.filter((property) => !names.has(property.name))].map((property) => ({
    value: property.name, detail: property.is ?? example(property), count: property.count > 0 ? integer(property.count) : undefined,
    mark: property.type ?? undefined, refused: property.declared ? undefined : `Not a column yet: write columns: { ${property.name}: ${property.type ?? 'text'} } in the source`,
  }));
};

const example = (property: KnownProperty): string | undefined => (property.example === null || property.example === undefined ? undefined : `such as ${String(property.example)}`);
