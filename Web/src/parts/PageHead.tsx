import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation } from '../routing/location';

/** A page's heading: takes the focus when the page is entered, so that a screen reader says where one is. */
export function PageHead({ title, about, tools, status }: { title: string; about?: ReactNode; tools?: ReactNode; status?: ReactNode }): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  const { path } = useLocation();
  useEffect(() => { document.title = `${title} · Yardstick`; }, [title]);
  useEffect(() => {
    if (entered !== undefined && entered !== path) { heading.current?.focus({ preventScroll: true }); window.scrollTo(0, 0); }
    entered = path;
  }, [path]);
  return (
    <div className="page-head">
      <div><div className="page-title"><h1 ref={heading} tabIndex={-1}>{title}</h1>{status}</div>{about !== undefined && <p>{about}</p>}</div>
      {tools !== undefined && <div className="page-tools">{tools}</div>}
    </div>
  );
}

let entered: string | undefined;
