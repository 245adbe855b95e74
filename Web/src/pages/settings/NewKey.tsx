import type { NewWriteKey } from '../../api/intake';
import { CopyButton } from '../../parts/CopyButton';
import { Icon } from '../../parts/Icon';
import { Snippets } from '../data/Snippets';

/** A key's text, this once, and the lines that use it. */
export function NewKey({ made }: { made: NewWriteKey }): JSX.Element {
  return (
    <div className="new-key" role="status">
      <div className="key-text"><code>{made.key}</code><CopyButton text={made.key} of="key" /></div>
      <p className="fine"><Icon name="triangle-alert" size={14} />It is shown this once; here it is kept as a fingerprint only.</p>
      <h3>Use it</h3>
      <Snippets keyText={made.key} site={made.about.site} label="Client" />
    </div>
  );
}
