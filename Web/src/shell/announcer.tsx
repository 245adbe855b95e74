import { useEffect, useState } from 'react';

let tell: (text: string) => void = () => undefined;
/** Says a short sentence to screen readers and, quietly, at the edge of the page. */
export const say = (text: string): void => tell(text);

/** The page's one live region. */
export function Announcer(): JSX.Element {
  const [text, setText] = useState('');
  useEffect(() => { tell = setText; return () => { tell = () => undefined; }; }, []);
  useEffect(() => {
    if (text === '') return undefined;
    const timer = setTimeout(() => setText(''), 5000);
    return () => clearTimeout(timer);
  }, [text]);
  return <div className={text === '' ? 'announcer' : 'announcer shown'} role="status" aria-live="polite">{text}</div>;
}
