import { useMemo } from 'react';
import { setQuery, useLocation } from '../../routing/location';
import { askedIn, type Asked } from './asked';
import type { Field, Kind } from './kinds';

/** What the address asks. */
export function useAsked(kind: Kind): Asked {
  const { query } = useLocation();
  const text = query.toString();
  return useMemo(() => askedIn(kind, new URLSearchParams(text)), [kind, text]);
}

/** Changes a field; its standard leaves the address clean. Typing replaces, everything else can be undone with Back. */
export function setField(field: Field, value: string, how: 'push' | 'replace' = 'push'): void {
  const standard = 'standard' in field ? field.standard : '';
  setQuery({ [field.key]: value === standard || value === '' ? undefined : value }, how);
}
