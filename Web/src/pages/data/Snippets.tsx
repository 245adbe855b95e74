import { useState } from 'react';
import { CopyButton } from '../../parts/CopyButton';
import { Segments } from '../../parts/Segments';
import { snippets } from './clientLines';

/** Ready-made lines for each client, to be copied. */
export function Snippets({ keyText = 'KEY', site = null, label }: { keyText?: string; site?: string | null; label: string }): JSX.Element {
  const all = snippets(location.origin, keyText, site);
  const [id, setId] = useState(site === null ? 'web' : 'plausible');
  const snippet = all.find((each) => each.id === id) ?? all[0]!;
  return (
    <div className="snippets">
      <Segments label={label} value={snippet.id} options={all.map((each) => [each.id, each.words] as const)} onChange={setId} />
      <pre className="source-text" tabIndex={0} aria-label={`${snippet.words}, ${snippet.language}`}>{snippet.text}</pre>
      <div className="snippet-foot">{snippet.note ? <p className="fine">{snippet.note}</p> : <span />}<CopyButton text={snippet.text} of={`${snippet.words} snippet`} /></div>
    </div>
  );
}
