import type { CSSProperties, KeyboardEvent, ReactNode } from 'react';

/** A table that scrolls by itself where it has no room, with a name and a stop of the Tab key, so that the keyboard can scroll it as well. */
export function TableBox({ label, className, style, onKeyDown, children }: { label: string; className?: string | undefined; style?: CSSProperties; onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void; children: ReactNode }): JSX.Element {
  return <div className={className ? `table-box ${className}` : 'table-box'} style={style} tabIndex={0} role="region" aria-label={label} onKeyDown={onKeyDown}>{children}</div>;
}
