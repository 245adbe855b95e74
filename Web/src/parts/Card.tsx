import { useId, type ReactNode } from 'react';

/** A titled region of a page. */
export function Card({ title, about, tools, children, className = '' }: {
  title: ReactNode; about?: ReactNode; tools?: ReactNode; children: ReactNode; className?: string;
}): JSX.Element {
  const heading = useId();
  return (
    <section className={`card panel ${className}`} aria-labelledby={heading}>
      <header className="panel-head">
        <div className="titles"><h2 id={heading}>{title}</h2>{about !== undefined && <p>{about}</p>}</div>
        {tools !== undefined && <div className="tools">{tools}</div>}
      </header>
      {children}
    </section>
  );
}
