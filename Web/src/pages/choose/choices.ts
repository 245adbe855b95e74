import type { IconName } from '../../parts/Icon';

export interface Option { id: string; title: string; is: string; icon?: IconName }

export const goals: readonly Option[] = [
  { id: 'acquire', title: 'Acquire', is: 'Do the right people come, and at what price?' },
  { id: 'activate', title: 'Activate', is: 'Do they reach their first success?' },
  { id: 'retain', title: 'Retain', is: 'Do they stay, and what does it take?' },
  { id: 'monetise', title: 'Monetise', is: 'Do they pay, and is something left?' },
  { id: 'satisfy', title: 'Satisfy', is: 'Are they content, and how do we know?' },
  { id: 'deliver', title: 'Deliver', is: 'Does what we build reach them, fast and whole?' },
];
export const models: readonly Option[] = [
  { id: 'subscription', title: 'Subscription', is: 'Customers pay until they cancel' },
  { id: 'shop', title: 'Shop', is: 'Customers buy, and may come back' },
  { id: 'marketplace', title: 'Marketplace', is: 'Buyers and sellers meet' },
  { id: 'media', title: 'Media or ads', is: 'Attention is sold' },
  { id: 'platform', title: 'Internal platform', is: 'Colleagues use it' },
];
export const stages: readonly Option[] = [
  { id: 'idea', title: 'Idea', is: 'Nobody pays yet' }, { id: 'launch', title: 'Launch', is: 'The first customers' },
  { id: 'growth', title: 'Growth', is: 'More every month' }, { id: 'mature', title: 'Mature', is: 'Known and steady' },
];

export const roles: readonly (Option & { icon: IconName })[] = [
  { id: 'outcome', title: 'Outcome', is: 'What counts in the end. It moves slowly and for many reasons.', icon: 'target' },
  { id: 'driver', title: 'Drivers', is: 'What the team can move this month, and what moves the outcome.', icon: 'trending-up' },
  { id: 'guardrail', title: 'Guardrails', is: 'What would suffer if somebody pushed the others too hard.', icon: 'shield-check' },
];

const hints: readonly [string, RegExp][] = [
  ['retain', /retain|retention|churn|stay|keep|leav|loyal|renew|come back|habit|cancel/i],
  ['activate', /activat|onboard|first (week|day|value|success|use)|succeed early|trial|set.?up/i],
  ['monetise', /revenue|profit|margin|pay|price|pricing|money|monet|sell more|basket|order value|earn/i],
  ['satisfy', /happy|content|satisf|nps|recommend|support|complain|quality of service|help/i],
  ['deliver', /deliver|deploy|ship|release|lead time|faster|incident|reliab|deadline|throughput/i],
  ['acquire', /acquir|new (customers|users|accounts|people)|sign.?up|reach|audience|traffic|leads|awareness|market/i],
];

/** The goal that a sentence sounds like: the one most of whose words it has. */
export function goalOf(text: string): string | undefined {
  const scored = hints.map(([goal, pattern]) => ({ goal, hits: text.match(new RegExp(pattern.source, 'gi'))?.length ?? 0 }));
  const best = scored.reduce((a, b) => (b.hits > a.hits ? b : a));
  return best.hits > 0 ? best.goal : undefined;
}

export const titleOf = (options: readonly Option[], id: string): string => options.find((each) => each.id === id)?.title ?? id;
