/** The name of a column or a dimension in words: `first_plan` → `first plan`. */
export const inWords = (name: string): string => name.replace(/_/g, ' ');

/** A name with line ends after its words and underscores, where a line would have more letters than there is room for. */
export function brokenName(name: string, letters: number): string {
  const lines: string[] = [];
  for (const piece of name.split(/(?<=[_\s-])/)) {
    const last = lines[lines.length - 1];
    if (last !== undefined && (last + piece).trimEnd().length <= letters) lines[lines.length - 1] = last + piece;
    else lines.push(piece);
  }
  return lines.map((line) => line.trimEnd()).join('\n');
}
