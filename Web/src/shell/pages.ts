import type { IconName } from '../parts/Icon';

/** The pages of the navigation, in the order a person needs them. */
export const pages: readonly { href: string; title: string; icon: IconName }[] = [
  { href: '/', title: 'Scorecard', icon: 'gauge' },
  { href: '/explore', title: 'Explore', icon: 'compass' },
  { href: '/live', title: 'Live', icon: 'radio' },
  { href: '/catalogue', title: 'Catalogue', icon: 'library' },
  { href: '/data', title: 'Data', icon: 'database' },
];
/** What administrators find at the foot of the navigation. */
export const settings = { href: '/settings', title: 'Settings', icon: 'settings' } as const;

/** The entry of the navigation that a path belongs to. */
export function pageOf(path: string): string {
  if (path.startsWith('/kpi/')) return '/';
  if (path.startsWith('/metric/') || path === '/choose') return '/catalogue';
  if (path.startsWith('/explore/')) return '/explore';
  if (path.startsWith('/data/')) return '/data';
  return path;
}
