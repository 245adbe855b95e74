import { useEffect, useState } from 'react';

interface Said { text: string; isUnseen: boolean }
const nothing: Said = { text: '', isUnseen: false };
let tell: (said: Said) => void = () => undefined;
/** Says a short sentence to screen readers and, quietly, at the edge of the page; `unseen` where the page shows it already. */
export const say = (text: string, how: 'seen' | 'unseen' = 'seen'): void => tell({ text, isUnseen: how === 'unseen' });

/** The page's one live region. */
export function Announcer(): JSX.Element {
  const [said, setSaid] = useState(nothing), { text, isUnseen } = said;
  useEffect(() => { tell = setSaid; return () => { tell = () => undefined; }; }, []);
  useEffect(() => {
    if (text === '') return undefined;
    const timer = setTimeout(() => setSaid(nothing), 5000);
    return () => clearTimeout(timer);
  }, [said, text]);
  return <div className={text === '' || isUnseen ? 'announcer' : 'announcer shown'} role="status" aria-live="polite">{text}</div>;
}
