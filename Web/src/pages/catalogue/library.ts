import type { LibraryEntry, LibraryFamily } from '../../api/types';

/** The family of an entry; entries without one belong to `other`. */
export function familyOf({ family }: LibraryEntry): LibraryFamily {
  if (family == null || family === '') return { id: 'other', title: 'Other' };
  return typeof family === 'string' ? { id: family, title: family.charAt(0).toUpperCase() + family.slice(1).replace(/[-_]/g, ' ') } : family;
}

/** The families that there are, in the library's order, each with how many entries it has. */
export function families(all: LibraryEntry[]): { id: string; title: string; count: number }[] {
  const found = new Map<string, { id: string; title: string; count: number }>();
  for (const entry of all) {
    const { id, title } = familyOf(entry);
    const known = found.get(id);
    if (known) known.count += 1; else found.set(id, { id, title, count: 1 });
  }
  return [...found.values()];
}

/** The entries that have all the words and belong to the family; an exact name comes first. */
export function matching(all: LibraryEntry[], text: string, family: string): LibraryEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = all.filter((entry) => {
    const said = `${entry.title} ${entry.variant ?? ''} ${entry.is} ${entry.id} ${entry.formula} ${entry.use} ${familyOf(entry).title}`.toLowerCase();
    return (family === '' || familyOf(entry).id === family) && words.every((word) => said.includes(word));
  });
  return found.sort((a, b) => Number(b.id === text) - Number(a.id === text));
}

/** What a request to add an entry says: the main source by itself, the others by the parts they play. */
export function addition(sources: Record<string, string>, names: string): Record<string, string> {
  const { source, ...others } = sources;
  const pairs = Object.entries(others).filter(([, name]) => name !== '').map(([role, name]) => `${role}=${name}`);
  return { ...(source ? { source } : {}), ...(pairs.length > 0 ? { sources: pairs.join(',') } : {}), ...(names.trim() !== '' ? { names: names.trim() } : {}) };
}

/** The address of an entry in the library. */
export const entryHref = (id: string): string => `/catalogue?tab=library&q=${encodeURIComponent(id)}`;
