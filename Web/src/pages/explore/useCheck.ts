import { useEffect, useState } from 'react';
import { send } from '../../api/request';
import type { Finding } from '../../api/types';

const restMilliseconds = 400;

/** What the checks say of a text that is not written yet, a moment after it was changed; nothing of none. */
export function useCheck(text: string | undefined): Finding[] {
  const [findings, setFindings] = useState<Finding[]>([]);
  useEffect(() => {
    if (text === undefined) { setFindings([]); return undefined; }
    const cancel = new AbortController();
    const timer = setTimeout(() => {
      send<{ findings: Omit<Finding, 'place'>[] }>('POST', '/definitions/check', { yaml: text }, cancel.signal).then(
        (answer) => setFindings(answer.findings.map((finding) => ({ ...finding, place: null }))),
        // Saving tells what is wrong as well; a check that fails is no reason to stop.
        () => undefined);
    }, restMilliseconds);
    return () => { clearTimeout(timer); cancel.abort(); };
  }, [text]);
  return findings;
}
