import type { ReactNode } from 'react';
import { Icon } from '../../../parts/Icon';
import { NoteList } from '../../../parts/NoteList';

/** A sentence that says what the picture shows first. */
export function Verdict({ tone = 'plain', children }: { tone?: 'plain' | 'bad' | 'good'; children: ReactNode }): JSX.Element {
  return <p className={`verdict ${tone}`}><Icon name={tone === 'bad' ? 'circle-alert' : tone === 'good' ? 'trending-up' : 'info'} size={15} /><span>{children}</span></p>;
}

/** A note as a page says it: options of the command line are not for its reader. */
const onPage = (note: string): string => note.replace(/ \(--[a-z][^)]*\)/g, '');

/** What is noted of an answer. */
export function Notes({ notes }: { notes: readonly string[] | undefined }): JSX.Element | null {
  if (!notes || notes.length === 0) return null;
  return <NoteList notes={notes.map(onPage)} />;
}

/** The value of a breakdown in words: some rows have none, and the rare ones are together. */
export const partName = (part: { value: string | null; kind?: string }): string => (part.kind === 'other' ? 'All others' : part.kind === 'none' || part.value === null ? 'None' : part.value);
