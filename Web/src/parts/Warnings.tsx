import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';

/** What a reader should know before the numbers below; nothing where there is nothing to say. */
export function Warnings({ label, icon = 'triangle-alert', texts }: { label: string; icon?: IconName; texts: readonly ReactNode[] }): JSX.Element | null {
  if (texts.length === 0) return null;
  return <ul className="warnings" aria-label={label}>{texts.map((text, index) => <li key={index}><Icon name={icon} size={15} /><span>{text}</span></li>)}</ul>;
}
