import type { Kind } from './kinds';
import { document } from './yaml';

/** What makes a saved question a KPI: the metric that reduces it to a number, and who steers by it. */
export interface KPIWish { id: string; owner: string; team: string; review: string; by: string; target: string; from: string; today: string; now: number | null }

/** The metric that a question of a kind is when it is reduced to a number; other kinds have none yet. */
export function metricOf(kind: Kind, name: string, is: string, owner: string, source: string, events: readonly string[]): string | undefined {
  const head = (unit: string, formula: { [key: string]: string | string[] }): string => document([['metric', `${name}_${kind === 'funnel' ? 'conversion' : 'people'}`], ['is', is], ['owner', owner], ['unit', unit], ['better', 'up'], ['formula', formula]]);
  const only = events.length > 0 ? { events: [...events] } : undefined;
  switch (kind) {
    case 'funnel': return head('share', { funnel: name });
    case 'activity': return head('count', { active: 'person', from: source, window: '28 days', ...only });
    case 'lifecycle': return head('count', { lifecycle: 'current', of: 'person', from: source, ...only });
    default: return undefined;
  }
}

/** The KPI of a metric; with a target where one was given. */
export function kpiOf(metric: string, wish: KPIWish): string {
  const name = /^metric: (\S+)/.exec(metric)?.[1] ?? '';
  const isShare = /^unit: share$/m.test(metric);
  const written = (text: string): string => (isShare && /^\d+(\.\d+)?$/.test(text) ? `${text}%` : text);
  const now = wish.from !== '' ? written(wish.from) : wish.now === null ? '' : isShare ? `${(wish.now * 100).toFixed(1)}%` : String(Math.round(wish.now));
  const hasTarget = wish.target !== '' && wish.by !== '' && now !== '';
  return document([
    ['kpi', wish.id], ['metric', name], ['owner', wish.owner], ['team', wish.team],
    ['target', hasTarget ? { from: { date: wish.today, value: now }, by: { date: wish.by, value: written(wish.target) } } : undefined],
    ['review', wish.review], ['status', hasTarget ? 'active' : 'proposed'],
  ]);
}

/** Several definitions in one file. */
export const together = (texts: readonly (string | undefined)[]): string => texts.filter((text): text is string => text !== undefined).join('---\n');
