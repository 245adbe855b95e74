/** A round step (1, 2, 2.5 or 5 times a power of ten) that is at least `raw`. */
export function roundStep(raw: number): number {
  if (!(raw > 0) || !Number.isFinite(raw)) return 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = raw / power;
  return (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 2.5 ? 2.5 : factor <= 5 ? 5 : 10) * power;
}

export interface Extent { low: number; high: number; step: number }

/**
 * Bounds of a value axis with about `lines` grid lines.
 *
 * The axis starts at zero when the values come near it, since an axis cut just above zero exaggerates.
 */
export function extent(values: number[], lines: number, isWhole: boolean): Extent {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return { low: 0, high: 1, step: 0.25 };
  let low = Math.min(...finite), high = Math.max(...finite);
  if (low === high) { low -= Math.abs(low) * 0.1 || 1; high += Math.abs(high) * 0.1 || 1; }
  if (low > 0 && low < (high - low) * 0.45) low = 0;
  let step = roundStep((high - low) / lines);
  if (isWhole) step = Math.max(1, step);
  const margin = (high - low) * 0.04;
  const from = Math.floor((low === 0 ? 0 : low - margin) / step) * step;
  return { low: low >= 0 ? Math.max(0, from) : from, high: Math.ceil((high + margin) / step) * step, step };
}

/** Moves positions apart until neighbours are at least `gap` from each other, keeping their order and staying inside. */
export function spread(positions: number[], gap: number, least: number, most: number): number[] {
  const order = positions.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at);
  for (let turn = 0; turn < 24; turn++) {
    let moved = false;
    for (let i = 1; i < order.length; i++) {
      const above = order[i - 1]!, below = order[i]!;
      const missing = gap - (below.at - above.at);
      if (missing > 0.5) { above.at -= missing / 2; below.at += missing / 2; moved = true; }
    }
    for (const each of order) each.at = Math.min(most, Math.max(least, each.at));
    if (!moved) break;
  }
  const result = [...positions];
  for (const each of order) result[each.index] = each.at;
  return result;
}
