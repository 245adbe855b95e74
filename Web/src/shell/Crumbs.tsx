import { Fragment } from 'react';
import { useRequest } from '../api/useRequest';
import type { Catalogue } from '../api/types';
import { Link, useLocation } from '../routing/location';
import { isKind, kindTitles } from '../pages/explore/kindNames';
import { pageOf, pages, settings } from './pages';

/** Where one is: workspace page, then the thing it shows. */
export function Crumbs(): JSX.Element {
  const { path } = useLocation();
  const [, kind, id] = path.split('/');
  const isThing = (kind === 'kpi' || kind === 'metric') && id !== undefined;
  const catalogue = useRequest<Catalogue>(isThing ? '/catalogue' : undefined).data;
  const parent = [...pages, settings].find((page) => page.href === pageOf(path));
  const thing = isThing ? ([...(kind === 'kpi' ? catalogue?.kpis ?? [] : catalogue?.metrics ?? [])].find((entry) => entry.id === id)?.title ?? id) : path === '/choose' ? 'Choose your KPIs' : kind === 'explore' && isKind(id) ? kindTitles[id] : kind === 'data' ? id && decodeURIComponent(id) : undefined;
  const steps = [parent?.title ?? 'Not found', thing].filter((step): step is string => step !== undefined);
  return (
    <nav className="crumbs" aria-label="Breadcrumbs">
      {steps.map((step, index) => (
        <Fragment key={step}>
          {index > 0 && <i aria-hidden="true">/</i>}
          {index === steps.length - 1 ? <b aria-current="page">{step}</b> : <Link href={parent?.href ?? '/'}>{step}</Link>}
        </Fragment>
      ))}
    </nav>
  );
}
