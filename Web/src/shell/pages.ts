import type { IconName } from '../parts/Icon';

/** The pages of the navigation, in the order a person needs them. */
export const pages: readonly { href: string; title: string; icon: IconName }[] = [
  { href: '/', title: 'Scorecard', icon: 'gauge' },
  { href: '/catalogue', title: 'Catalogue', icon: 'library' },
  { href: '/data', title: 'Data', icon: 'database' },
];

/** The entry of the navigation that a path belongs to. */
export function pageOf(path: string): string {
  if (path.startsWith('/kpi/')) return '/';
  if (path.startsWith('/metric/') || path === '/choose') return '/catalogue';
  return path;
}
