import { useState, type ReactNode } from 'react';
import type { Note } from '../api/types';
import { Card } from '../parts/Card';
import { Icon, type IconName } from '../parts/Icon';
import { NoteList } from '../parts/NoteList';
import { TableBox } from '../parts/TableBox';
import { TableButton } from '../parts/TableButton';

/** The frame of a panel: title, tools, the switch between picture and table, and what is noted of the numbers. */
export function PanelCard({ kind, title, about, notes, tools, children, table }: {
  kind: string; title: string; about?: ReactNode; notes: Note[]; tools?: ReactNode; children: ReactNode; table?: ReactNode;
}): JSX.Element {
  const [isTable, setTable] = useState(false);
  return (
    <Card className={`${kind}-panel`} title={title} about={about}
      tools={<>{tools}{table !== undefined && <TableButton isTable={isTable} onClick={() => setTable(!isTable)} />}</>}>
      {isTable ? <TableBox label={`${title}, data`}>{table}</TableBox> : children}
      <NoteList notes={notes.map((note) => note.message)} />
    </Card>
  );
}

/** One number of a panel with its name, and how sure it is. */
export function Figure({ label, note, children }: { label: string; note?: ReactNode; children: ReactNode }): JSX.Element {
  return <div className="figure"><dt>{label}</dt><dd>{children}{note && <small>{note}</small>}</dd></div>;
}

/** A link in the look of a number: shows the rows behind it. */
export function RowsButton({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }): JSX.Element {
  return <button type="button" className="number-link" aria-label={label} title="Rows behind this number" onClick={onClick}>{children}</button>;
}

/** What stands where a panel has no data. */
export function PanelEmpty({ icon = 'info', children }: { icon?: IconName; children: ReactNode }): JSX.Element {
  return <p className="panel-empty"><Icon name={icon} size={15} /><span>{children}</span></p>;
}
