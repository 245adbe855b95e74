import { useMemo } from 'react';
import { useSession } from '../../api/session';
import { setQuery, useLocation } from '../../routing/location';
import { askedIn, type Asked } from './asked';
import type { Field, Kind } from './kinds';

/** What the address asks. */
export function useAsked(kind: Kind): Asked {
  const { query } = useLocation();
  const { today, firstWeekday } = useSession().workspace;
  const text = query.toString();
  return useMemo(() => askedIn(kind, new URLSearchParams(text), { today, firstWeekday }), [kind, text, today, firstWeekday]);
}

/** Changes a field; its standard leaves the address clean. Typing replaces, everything else can be undone with Back. */
export function setField(field: Field, value: string, how: 'push' | 'replace' = 'push'): void {
  const standard = 'standard' in field ? field.standard : '';
  setQuery({ [field.key]: value === standard || value === '' ? undefined : value }, how);
}
