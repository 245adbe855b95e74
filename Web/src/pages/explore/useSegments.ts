import type { BehaviourEntry, Catalogue } from '../../api/types';
import { useRequest } from '../../api/useRequest';

/** The segments that a question over a source can ask for. */
export function useSegments(source: string | undefined): BehaviourEntry[] {
  const behaviours = useRequest<Catalogue>('/catalogue').data?.behaviours ?? [];
  return behaviours.filter((each) => each.kind === 'segment' && each.source === source);
}
