import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { Icon } from '../../../parts/Icon';
import { useStacked } from '../../../parts/useNarrow';

/**
 * A question that becomes one line where it would push its answer out of sight.
 *
 * What fails or is not whole yet stays open, and is not closed under the hands of who mends it. It closes when `of`, what was chosen in it, changes.
 */
export function Foldable({ sentence, canFold, of, done = 'Show the answer', children }: { sentence: string; canFold: boolean; of?: string | undefined; done?: string; children: ReactNode }): JSX.Element {
  const id = useId();
  const isStacked = useStacked();
  const [wanted, setOpen] = useState(false);
  const line = useRef<HTMLButtonElement>(null);
  useEffect(() => setOpen(false), [of]);
  useEffect(() => { if (!canFold) setOpen(true); }, [canFold]);
  if (!isStacked) return <>{children}</>;
  const isOpen = wanted || !canFold;
  const close = (): void => { setOpen(false); line.current?.focus({ preventScroll: true }); line.current?.scrollIntoView({ block: 'nearest' }); };
  return (
    <div className="fold">
      {canFold && (
        <button ref={line} type="button" className="fold-line" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
          <span className="fold-sentence">{isOpen ? 'The question' : sentence}</span><span className="fold-change">{isOpen ? 'Close' : 'Change'}<Icon name="chevron-down" size={14} /></span>
        </button>
      )}
      <div id={id} hidden={!isOpen}>
        {isOpen && children}
        {isOpen && canFold && <div className="fold-done"><button type="button" className="button primary small" onClick={close}>{done}</button></div>}
      </div>
    </div>
  );
}
