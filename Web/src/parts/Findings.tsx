import type { Finding } from '../api/types';
import { Status } from './Status';

const order = ['error', 'warning', 'advice'];

/** What the checks say of a definition, worst first, each with its fix. */
export function Findings({ findings }: { findings: Finding[] }): JSX.Element {
  const sorted = [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  return (
    <ul className="findings">
      {sorted.map((finding, index) => (
        <li key={`${finding.code}${index}`}>
          <Status kind="severity" of={finding.severity} isPlain />
          <div>
            <p>{finding.message}</p>
            {finding.hint && <p className="hint">{finding.hint}</p>}
            <p className="code">{finding.code}{finding.place && ` · ${finding.place.file}${finding.place.line ? `:${finding.place.line}` : ''}`}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
