import type { TipRow } from './option';

function element(tag: string, name: string, text?: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** The tooltip as a DOM node; its colours are set through the CSSOM, which the CSP allows. */
export function tip(title: string, rows: TipRow[], note?: string): HTMLElement {
  const root = element('div', 'tip');
  root.append(element('div', 'tip-title', title));
  for (const row of rows) {
    const line = element('div', row.isMuted ? 'tip-row muted' : 'tip-row');
    const key = element('span', row.isDashed ? 'tip-key dashed' : 'tip-key');
    if (row.color) key.style.setProperty('--key', row.color); else key.classList.add('none');
    line.append(key, element('span', 'tip-label', row.label), element('span', 'tip-value', row.value));
    root.append(line);
  }
  if (note) root.append(element('div', 'tip-note', note));
  return root;
}
