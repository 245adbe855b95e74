import { useEffect, useState } from 'react';

/** After how long a question is slow enough to say so. */
const slowMilliseconds = 4000;

/** That an answer is on its way: a line that runs, and words where it takes long. Changing the question leaves this one. */
export function Slow({ isAsking, of }: { isAsking: boolean; of: string | undefined }): JSX.Element {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!isAsking) return undefined;
    const timer = setTimeout(() => setSlow(true), slowMilliseconds);
    return () => clearTimeout(timer);
  }, [isAsking, of]);
  return <div className="slow" role="status">{isAsking && <i aria-hidden="true" />}{isAsking && isSlow && <p>Still reckoning. A shorter range is faster; changing the question leaves this one.</p>}</div>;
}
