import type { ReactNode } from 'react';
import type { Failure } from '../api/request';
import type { Loaded } from '../api/useRequest';
import { Icon, type IconName } from './Icon';

/** Grey shapes where content will be, so that nothing jumps when it comes. */
export function Skeleton({ height, count = 1 }: { height: number; count?: number }): JSX.Element {
  return <>{Array.from({ length: count }, (_, index) => <div key={index} className="card skeleton" style={{ height }} aria-hidden="true" />)}</>;
}

/** A failure as every page shows it: what happened, what to do, and a way to try again. */
export function FailureNote({ failure, again }: { failure: Failure; again?: (() => void) | undefined }): JSX.Element {
  return (
    <div className="failure" role="alert">
      <Icon name="circle-alert" size={18} />
      <div>
        <p className="failure-message">{failure.message}</p>
        {failure.hint && <p>{failure.hint}</p>}
        {failure.place && <p className="mono">{failure.place.file}{failure.place.line ? `:${failure.place.line}` : ''}</p>}
        <p className="code">{failure.code}</p>
      </div>
      {again && <button type="button" className="button" onClick={again}><Icon name="refresh-cw" size={14} />Try again</button>}
    </div>
  );
}

/** What stands while something loads; a screen reader hears that it does. */
export const Waiting = ({ children }: { children: ReactNode }): JSX.Element => <div className="waiting" role="status" aria-label="Loading">{children}</div>;

/** Waits for a request: skeleton, failure or content; content stays while a newer answer is fetched. */
export function Loading<T>({ of, skeleton, children }: { of: Loaded<T>; skeleton: ReactNode; children: (data: T) => ReactNode }): JSX.Element {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.failure) return <FailureNote failure={of.failure} again={of.reload} />;
  return <Waiting>{skeleton}</Waiting>;
}

/** What stands where nothing is yet: why, and the next step. */
export function EmptyState({ icon, title, children, action }: { icon: IconName; title: string; children: ReactNode; action?: ReactNode }): JSX.Element {
  return (
    <div className="empty">
      <span className="empty-icon"><Icon name={icon} size={22} /></span>
      <h2>{title}</h2>
      <p>{children}</p>
      {action !== undefined && <div className="empty-action">{action}</div>}
    </div>
  );
}
