import { useEffect, useState } from 'react';
import { Icon } from './Icon';
import { say } from '../shell/announcer';

export function CopyButton({ text, of }: { text: string; of: string }): JSX.Element {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => { setCopied(true); say(`${of} copied`); },
      () => say(`The browser does not allow copying the ${of}`));
  };
  return (
    <button type="button" className="button small" aria-label={`Copy ${of}`} onClick={copy}>
      <Icon name={isCopied ? 'check' : 'copy'} size={13} />{isCopied ? 'Copied' : 'Copy'}
    </button>
  );
}
