/** A value of a definition, as it is written in YAML. */
export type Value = string | number | boolean | Value[] | { [key: string]: Value | undefined };

const plainText = /^[A-Za-z_/][A-Za-z0-9_ ./=<>()%'-]*$/;
const special = /^(true|false|null|yes|no|on|off|~)$/i;

/** A text with quotes where YAML would read it as something else. */
export function scalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  const isPlain = plainText.test(value) && !special.test(value) && !value.endsWith(' ') && !value.includes(' #');
  return isPlain || /^(\d+ [a-z]+|\d+-\d+|\d{4}-\d\d-\d\d|\d+(\.\d+)?%)$/.test(value) ? value : JSON.stringify(value);
}

/** A value in one line: `{ event: ordered, where: "amount > 10" }`. */
export function flow(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value !== 'object') return scalar(value);
  const members = Object.entries(value).flatMap(([key, each]) => (each === undefined ? [] : [`${key}: ${flow(each)}`]));
  return `{ ${members.join(', ')} }`;
}

/** A definition: a key a line, lists of objects with a line for each of them. */
export function document(members: readonly (readonly [string, Value | undefined])[]): string {
  return members.flatMap(([key, value]) => {
    if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return [];
    if (Array.isArray(value) && value.length > 1 && key === 'steps') return [`${key}:`, ...value.map((each) => `  - ${flow(each)}`)];
    return [`${key}: ${flow(value)}`];
  }).join('\n') + '\n';
}

/** A title as the name of a definition: `Sign-up to order` becomes `sign_up_to_order`. */
export const named = (title: string): string =>
  title.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '').replace(/^(\d)/, 'q_$1') || 'explored';
