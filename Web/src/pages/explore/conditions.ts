/** A property compared with a value, such as `plan is pro`; with `in` and `out` the name of a segment, without a value. */
export type Condition = [property: string, operator: Operator, value: string];
export type Operator = 'is' | 'not' | 'has' | 'starts' | 'more' | 'least' | 'less' | 'most' | 'known' | 'unknown' | 'in' | 'out';

export const operators: readonly (readonly [Operator, string])[] = [
  ['is', 'is'], ['not', 'is not'], ['has', 'contains'], ['starts', 'starts with'], ['more', 'is above'], ['least', 'is at least'],
  ['less', 'is below'], ['most', 'is at most'], ['known', 'has a value'], ['unknown', 'has no value'],
];
/** Whether a person belongs to a segment, which is no question about a property. */
export const memberships: readonly (readonly [Operator, string])[] = [['in', 'in the segment'], ['out', 'not in the segment']];
const signs: Partial<Record<Operator, string>> = { is: '=', not: '!=', more: '>', least: '>=', less: '<', most: '<=' };

export const isSegment = ([, operator]: Condition): boolean => operator === 'in' || operator === 'out';
export const needsValue = (operator: Operator): boolean => !['known', 'unknown', 'in', 'out'].includes(operator);
export const isWhole = ([property, operator, value]: Condition): boolean => property !== '' && (!needsValue(operator) || value !== '');

/** The operators that make sense for a type. */
export const operatorsFor = (type: string | undefined): readonly (readonly [Operator, string])[] =>
  operators.filter(([operator]) => (isNumeric(type) ? !['has', 'starts'].includes(operator) : type === 'boolean' ? ['is', 'known', 'unknown'].includes(operator) : true));

export const isNumeric = (type: string | undefined): boolean => /^(integer|number|decimal)/.test(type ?? '');

/** Conditions as an expression of the definition language; nothing where there are none. */
export function expression(conditions: readonly Condition[], types: (property: string) => string | undefined = () => undefined): string | undefined {
  const parts = conditions.filter(isWhole).map((condition) => one(condition, types(condition[0])));
  return parts.length === 0 ? undefined : parts.join(' and ');
}

function one([property, operator, value]: Condition, type: string | undefined): string {
  const name = columnName(property);
  switch (operator) {
    case 'in': return `in_segment(${text(property)})`;
    case 'out': return `not in_segment(${text(property)})`;
    case 'known': return `${name} is not null`;
    case 'unknown': return `${name} is null`;
    case 'has': return `contains(${name}, ${text(value)})`;
    case 'starts': return `starts_with(${name}, ${text(value)})`;
    default: return `${name} ${signs[operator] ?? '='} ${constant(value, type)}`;
  }
}

/** A column as an expression names it: in quotes where it is no plain word. */
export const columnName = (name: string): string => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `"${name.replace(/"/g, '""')}"`);

const text = (value: string): string => `'${value.replace(/'/g, "''")}'`;
const constant = (value: string, type: string | undefined): string =>
  (isNumeric(type) && /^-?\d+(\.\d+)?$/.test(value) ? value : type === 'boolean' && /^(true|false)$/.test(value) ? value : text(value));
