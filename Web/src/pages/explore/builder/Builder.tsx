import type { Sources } from '../../../api/types';
import { setQuery } from '../../../routing/location';
import { Icon } from '../../../parts/Icon';
import { Choice } from '../../../parts/Segments';
import { kinds, type Field } from '../kinds';
import { allFields, type Asked } from '../asked';
import { Conditions } from './Conditions';
import { FieldControl } from './Fields';
import { TextField } from './TextField';

/** The left side: what is asked; `wrong` is the field that cannot be asked as it is. A saved definition and one written as text are not taken apart. */
export function Builder({ asked, source, sources, yaml, saved, wrong }: { asked: Asked; source: string | undefined; sources: Sources['sources']; yaml: string | undefined; saved: string | undefined; wrong?: string | undefined }): JSX.Element {
  const about = kinds[asked.kind];
  const isText = asked.yaml !== undefined;
  const empty = Object.fromEntries(allFields(asked.kind).map((field) => [field.key, undefined]));
  const fresh = (): void => setQuery({ name: undefined, yaml: undefined });
  const asText = (): void => setQuery({ name: undefined, yaml: (asked.name === undefined ? yaml : saved) ?? '', ...empty });
  return (
    <section className="card builder" aria-label="Question">
      {sources.length > 1 && !isText && asked.name === undefined && <Choice label="From" value={source ?? ''} options={sources.map((each) => [each.name, each.name] as const)} onChange={(name) => setQuery({ source: name, filter: undefined, split: undefined, ...empty })} />}
      {asked.name !== undefined ? (
        <div className="saved-note"><p><Icon name="book-open" size={14} /><span>The saved definition <b className="mono">{asked.name}</b></span></p>
          <div>{saved !== undefined && <button type="button" className="button small" onClick={asText}>Change as text</button>}<button type="button" className="button small" onClick={fresh}>New question</button></div>
        </div>
      ) : isText ? <TextField text={asked.yaml ?? ''} onLeave={fresh} /> : (
        <>
          {about.main.map((field) => <FieldControl key={field.key} field={field} asked={asked} isWrong={field.key === wrong} />)}
          <More title="Rules" fields={about.rules} asked={asked} wrong={wrong} />
          <More title="Options" fields={about.options ?? []} asked={asked} wrong={wrong} />
        </>
      )}
      <fieldset className="question-field"><legend>Only where</legend>
        <Conditions label="Only where" conditions={asked.filters} adds="filter" hasSegments={asked.kind !== 'segment'} onChange={(conditions) => setQuery({ filter: conditions.length > 0 ? JSON.stringify(conditions) : undefined })} />
      </fieldset>
      {yaml !== undefined && !isText && asked.name === undefined && <button type="button" className="edit-text" onClick={asText}><Icon name="file-text" size={13} />Edit as text</button>}
    </section>
  );
}

/** Fields that are mostly left as they are, behind a disclosure that tells how many are not. */
function More({ title, fields, asked, wrong }: { title: string; fields: readonly Field[]; asked: Asked; wrong: string | undefined }): JSX.Element | null {
  const changed = fields.filter((field) => asked.fields[field.key] !== undefined).length;
  if (fields.length === 0) return null;
  return (
    <details className="rules" open={changed > 0 || undefined}>
      <summary>{title}{changed > 0 && <span className="count-chip">{changed} changed</span>}</summary>
      <div className="rules-list">{fields.map((field) => <FieldControl key={field.key} field={field} asked={asked} isWrong={field.key === wrong} />)}</div>
    </details>
  );
}
