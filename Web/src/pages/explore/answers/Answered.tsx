import type { ReactNode } from 'react';
import { Icon } from '../../../parts/Icon';

/** A sentence that says what the picture shows first. */
export function Verdict({ tone = 'plain', children }: { tone?: 'plain' | 'bad' | 'good'; children: ReactNode }): JSX.Element {
  return <p className={`verdict ${tone}`}><Icon name={tone === 'bad' ? 'circle-alert' : tone === 'good' ? 'trending-up' : 'info'} size={15} /><span>{children}</span></p>;
}

export function Notes({ notes }: { notes: readonly string[] | undefined }): JSX.Element | null {
  if (!notes || notes.length === 0) return null;
  return <ul className="notes">{notes.map((note) => <li key={note}><Icon name="info" size={14} />{note}</li>)}</ul>;
}

/** The value of a breakdown in words: some rows have none, and the rare ones are together. */
export const partName = (part: { value: string | null; kind?: string }): string => (part.kind === 'other' ? 'All others' : part.kind === 'none' || part.value === null ? 'None' : part.value);
