import type { Catalogue } from '../../api/types';
import { useRequest } from '../../api/useRequest';
import { Icon } from '../../parts/Icon';
import { Picker } from '../../parts/Picker';
import { allFields } from './asked';
import { setQuery, useLocation } from '../../routing/location';
import type { Kind } from './kinds';

/** Opens a saved definition of the kind. */
export function SavedMenu({ kind }: { kind: Kind }): JSX.Element | null {
  const catalogue = useRequest<Catalogue>('/catalogue').data;
  const { query } = useLocation();
  const saved = (catalogue?.behaviours ?? []).filter((each) => each.kind === kind);
  if (saved.length === 0) return null;
  const open = (name: string): void => setQuery({ ...Object.fromEntries(allFields(kind).map((field) => [field.key, undefined])), yaml: undefined, filter: undefined, split: undefined, source: saved.find((each) => each.id === name)?.source ?? undefined, name });
  return <Picker label="Open a saved definition" shown={<><Icon name="book-open" size={14} />{query.get('name') ?? 'Saved'}</>} placeholder="Search definitions" options={saved.map((each) => ({ value: each.id, words: each.title, detail: each.is ?? undefined }))} onPick={open} />;
}
