import type { ReactNode } from 'react';
import { Icon } from '../../../parts/Icon';
import { NoteList } from '../../../parts/NoteList';
import { notesOnPage } from './notes';

/** A sentence that says what the picture shows first. */
export function Verdict({ tone = 'plain', children }: { tone?: 'plain' | 'bad' | 'good'; children: ReactNode }): JSX.Element {
  return <p className={`verdict ${tone}`}><Icon name={tone === 'bad' ? 'circle-alert' : tone === 'good' ? 'trending-up' : 'info'} size={15} /><span>{children}</span></p>;
}

/** What is noted of an answer. */
export function Notes({ notes }: { notes: readonly string[] | undefined }): JSX.Element | null {
  return <NoteList notes={notesOnPage(notes ?? [])} />;
}

/** A period as the first cell of its row. */
export const periodName = (period: { label: string; complete: boolean }): JSX.Element => <span className="period">{period.label}{!period.complete && <small> still runs</small>}</span>;

/** The value of a breakdown in words: some rows have none, and the rare ones are together. */
export const partName = (part: { value: string | null; kind?: string }): string => (part.kind === 'other' ? 'All others' : part.kind === 'none' || part.value === null ? 'None' : part.value);
