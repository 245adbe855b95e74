import { useMemo } from 'react';
import type { Catalogue } from '../../api/types';
import { useRequest } from '../../api/useRequest';

/** What the workspace has already: names of definitions, and sources to read. */
export function useWorkspaceNames(): { known: Set<string>; sources: string[]; kpis: number } {
  const catalogue = useRequest<Catalogue>('/catalogue').data;
  return useMemo(() => ({
    known: new Set([...(catalogue?.metrics ?? []), ...(catalogue?.kpis ?? [])].map((entry) => entry.id)),
    sources: catalogue?.sources.map((source) => source.name) ?? [], kpis: catalogue?.kpis.filter((kpi) => kpi.status === 'active').length ?? 0,
  }), [catalogue]);
}
