import { withQuery, type Failure } from '../../api/request';
import type { Answer } from '../../api/types';
import { useRequest, type Loaded } from '../../api/useRequest';

/** Whether a trend was refused because the rows do not say when they happened. */
export const hasNoTime = (failure: Failure | undefined): boolean => failure?.code === 'question/no-time-column';

/** The metric of all rows, whole or by a dimension: what is left to ask where rows have no time. */
export const useWhole = (metric: string, isAsked: boolean, by?: string, where?: string): Loaded<Answer> =>
  useRequest<Answer>(isAsked && metric !== '' ? withQuery('/ask', { metric, by, over: 'all', limit: by === undefined ? undefined : '10', where }) : undefined);
