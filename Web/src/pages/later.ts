import { lazy } from 'react';

/** Pages that are not needed at once: each is a file of its own, which comes when it is opened or pointed at. */
const files = {
  explore: () => import('./explore/ExplorePage'),
  kpi: () => import('./kpi/KPIPage'),
  workspace: () => import('./workspace'),
};

export const ExplorePage = lazy(() => files.explore().then((file) => ({ default: file.ExplorePage })));
export const KPIPage = lazy(() => files.kpi().then((file) => ({ default: file.KPIPage })));
export const MetricPage = lazy(() => files.kpi().then((file) => ({ default: file.MetricPage })));
export const CataloguePage = lazy(() => files.workspace().then((file) => ({ default: file.CataloguePage })));
export const ChoosePage = lazy(() => files.workspace().then((file) => ({ default: file.ChoosePage })));
export const DataPage = lazy(() => files.workspace().then((file) => ({ default: file.DataPage })));
export const EventsPage = lazy(() => files.workspace().then((file) => ({ default: file.EventsPage })));
export const LivePage = lazy(() => files.workspace().then((file) => ({ default: file.LivePage })));
export const SettingsPage = lazy(() => files.workspace().then((file) => ({ default: file.SettingsPage })));

const fileOf: Record<string, keyof typeof files> = { explore: 'explore', kpi: 'kpi', metric: 'kpi', catalogue: 'workspace', choose: 'workspace', data: 'workspace', live: 'workspace', settings: 'workspace' };

/** Fetches the file of a page that is likely opened next; what fails is tried again when it is opened. */
export function prepare(href: string): void {
  const name = fileOf[href.split('/')[1] ?? ''];
  if (name !== undefined) files[name]().catch(() => undefined);
}
