import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Catalogue } from '../api/types';
import { useRequest } from '../api/useRequest';
import { Icon } from '../parts/Icon';
import { useSlash } from '../parts/useSlash';
import { go } from '../routing/location';

interface Hit { href: string; title: string; kind: string; about: string }

/** Finds KPIs and metrics by name, owner or sentence; `/` focuses it. */
export function Search(): JSX.Element {
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [wasUsed, setUsed] = useState(false);
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useId();
  const catalogue = useRequest<Catalogue>(wasUsed ? '/catalogue' : undefined).data;
  const hits = useMemo(() => found(catalogue, text), [catalogue, text]);

  // A page with a search of its own has the key.
  useSlash(input, true);

  const close = (): void => { setOpen(false); setActive(0); };
  const choose = (hit: Hit | undefined): void => {
    if (!hit) return;
    setText(''); close(); input.current?.blur(); go(hit.href);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      if (hits.length > 0) setActive((now) => (now + (event.key === 'ArrowDown' ? 1 : -1) + hits.length) % hits.length);
    }
    if (event.key === 'Enter' && isOpen) { event.preventDefault(); choose(hits[active]); }
    if (event.key === 'Escape') { if (isOpen && text !== '') setText(''); else input.current?.blur(); close(); }
  };

  const isShown = isOpen && catalogue !== undefined;
  return (
    <div className="search">
      <Icon name="search" size={15} />
      <input ref={input} type="text" role="combobox" aria-label="Search KPIs and metrics" placeholder="Search metrics" autoComplete="off" spellCheck={false}
        aria-expanded={isShown} aria-controls={list} aria-autocomplete="list" aria-activedescendant={isShown && hits[active] ? `${list}-${active}` : undefined}
        value={text} onFocus={() => { setUsed(true); setOpen(true); }} onBlur={close}
        onChange={(event) => { setText(event.target.value); setOpen(true); setActive(0); }} onKeyDown={onKeyDown} />
      <kbd aria-hidden="true">/</kbd>
      <ul id={list} className="search-list" role="listbox" aria-label="Found" hidden={!isShown}>
        {hits.map((hit, index) => (
          <li key={hit.href} id={`${list}-${index}`} role="option" aria-selected={index === active}
            onPointerDown={(event) => event.preventDefault()} onClick={() => choose(hit)} onPointerMove={() => setActive(index)}>
            <span><b>{hit.title}</b><small>{hit.about}</small></span><i>{hit.kind}</i>
          </li>
        ))}
        {hits.length === 0 && <li className="search-none" role="option" aria-selected="false" aria-disabled="true">Nothing has “{text}” in its name, owner or sentence.</li>}
      </ul>
    </div>
  );
}

function found(catalogue: Catalogue | undefined, text: string): Hit[] {
  if (!catalogue) return [];
  const metrics = new Map(catalogue.metrics.map((metric) => [metric.id, metric]));
  const all: Hit[] = [
    ...catalogue.kpis.map((kpi) => ({ href: `/kpi/${encodeURIComponent(kpi.id)}`, title: kpi.title, kind: 'KPI', about: metrics.get(kpi.metric)?.is ?? kpi.owner ?? '' })),
    ...catalogue.metrics.map((metric) => ({ href: `/metric/${encodeURIComponent(metric.id)}`, title: metric.title, kind: 'Metric', about: metric.is ?? metric.owner ?? '' })),
  ];
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = (hit: Hit): number => (hit.title.toLowerCase().startsWith(words[0] ?? '') ? 0 : hit.title.toLowerCase().includes(words[0] ?? '') ? 1 : 2);
  return all
    .filter((hit) => words.every((word) => `${hit.title} ${hit.about} ${hit.href}`.toLowerCase().includes(word)))
    .sort((a, b) => rank(a) - rank(b)).slice(0, 8);
}
