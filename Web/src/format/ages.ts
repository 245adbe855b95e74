import { decimal } from './numbers';

/** Names of the spans in which age is counted. */
const names: Record<string, string> = { hour: 'hour', day: 'day', week: 'week', month: 'month', quarter: 'quarter', year: 'year', renewal: 'renewal' };

/** `30 days`, `1 month`, `4.5 weeks`. */
export function ageText(age: number, ages: string): string {
  const name = names[ages];
  // The unit of a duration may be the definition's own business.
  if (name === undefined) return decimal(age, Number.isInteger(age) ? 0 : 1);
  return `${decimal(age, Number.isInteger(age) ? 0 : 1)}\u00A0${name}${age === 1 ? '' : 's'}`;
}

export const agesTitle = (ages: string): string => { const name = names[ages] ?? 'time'; return name.charAt(0).toUpperCase() + name.slice(1); };
