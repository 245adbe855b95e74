import type { LibraryEntry } from '../../api/types';
import { CopyButton } from '../../parts/CopyButton';
import { Link } from '../../routing/location';
import { AddEntry } from './AddEntry';
import { ExampleDetails } from './ExampleDetails';
import { entryHref, familyOf } from './library';

/** One entry: what it measures, when to use it, how it misleads, and an example to check it by. */
export function LibraryCard({ entry, isThere, sources, titles }: { entry: LibraryEntry; isThere: boolean; sources: string[]; titles: Map<string, string> }): JSX.Element {
  const needs = entry.needs.map(needText).filter((need) => need !== '');
  const related = (entry.related ?? []).filter((id) => titles.has(id));
  return (
    <article className="card library-card" data-entry={entry.id} aria-label={entry.variant ? `${entry.title}, ${entry.variant}` : entry.title}>
      <header><h2>{entry.title}</h2>{entry.variant && <span className="kind">{entry.variant}</span>}{entry.family && <span className="family">{familyOf(entry).title}</span>}</header>
      <p>{entry.is}</p>
      <dl className="pairs">
        <dt>Formula</dt><dd className="mono">{entry.formula}</dd>
        <dt>Unit</dt><dd>{entry.unit}{entry.better !== 'none' && <>, better {entry.better}</>}</dd>
        <dt>Use it</dt><dd>{entry.use}</dd>
        <dt>Misleads</dt><dd>{entry.misleads}</dd>
        {entry.guardrail && <><dt>Guardrail</dt><dd>{entry.guardrail}</dd></>}
        {needs.length > 0 && <><dt>Needs</dt><dd>{needs.map((need) => <div key={need}>{need}</div>)}</dd></>}
        {related.length > 0 && <><dt>See also</dt><dd>{related.map((id) => <div key={id}><Link href={entryHref(id)}>{titles.get(id)}</Link></div>)}</dd></>}
        {entry.source && <><dt>Described</dt><dd>{entry.source}</dd></>}
        {entry.oracle && <><dt>Checked by</dt><dd>{entry.oracle}</dd></>}
      </dl>
      {entry.example && <ExampleDetails example={entry.example} measure={{ unit: entry.unit }} />}
      <details><summary>The file it writes</summary><pre className="source-text" tabIndex={0} aria-label={`${entry.title} as YAML`}>{entry.yaml}</pre><CopyButton text={entry.yaml} of="definition" /></details>
      <AddEntry entry={entry} isThere={isThere} sources={sources} />
    </article>
  );
}

/** A need is a sentence, or what is needed with its meaning. */
function needText(need: unknown): string {
  if (typeof need !== 'object' || need === null) return String(need);
  const { kind, name, type, is } = need as Record<string, unknown>;
  return [[kind, name, type && `(${String(type)})`].filter(Boolean).join(' '), is].filter(Boolean).join(': ');
}
