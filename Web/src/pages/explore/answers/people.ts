import { setQuery } from '../../../routing/location';

/** Opens the people behind a step or a cell; the address says which, so that a link shows them too. */
export function showPeople(parameters: Record<string, string>, of: string): void {
  setQuery({ people: new URLSearchParams(parameters).toString(), of, offset: undefined });
}
