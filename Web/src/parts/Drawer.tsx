import { useId, useLayoutEffect, useRef, type MouseEvent, type ReactNode } from 'react';
import { Icon } from './Icon';

/** A sheet over the page, at its side or in its middle; Escape and a click beside it close it, and the focus goes back. */
export function Drawer({ title, about, closes, place = 'side', onClose, children }: {
  title: string; about?: ReactNode; closes: string; place?: 'side' | 'middle'; onClose: () => void; children: ReactNode;
}): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useLayoutEffect(() => {
    const dialog = box.current;
    if (dialog && !dialog.open) dialog.showModal();
    // Closing before it goes gives the focus back to where it was.
    return () => dialog?.close();
  }, []);
  const onBackdrop = (event: MouseEvent): void => { if (event.target === box.current) onClose(); };
  return (
    <dialog ref={box} className={place === 'side' ? 'drawer' : 'drawer sheet'} aria-labelledby={heading} onClick={onBackdrop} onCancel={(event) => { event.preventDefault(); onClose(); }}>
      <div className="drawer-body">
        <header>
          <div><h2 id={heading}>{title}</h2>{about !== undefined && <p>{about}</p>}</div>
          <button type="button" className="ghost" aria-label={closes} onClick={onClose}><Icon name="x" /></button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
