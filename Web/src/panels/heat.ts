import type { Tokens } from '../charts/tokens';

type RGB = [number, number, number];
const parse = (hex: string): RGB => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as RGB;
const text = (rgb: RGB): string => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

/** A colour between two others; `share` 0 is the first, 1 the second. */
export function mixed(from: string, to: string, share: number): string {
  const [a, b] = [parse(from), parse(to)], part = Math.min(1, Math.max(0, share));
  return text(a.map((each, index) => each + ((b[index] ?? 0) - each) * part) as RGB);
}

/** Relative luminance by WCAG 2. */
export function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = parse(hex).map((part) => { const each = part / 255; return each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4; });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours by WCAG 2, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

export interface HeatColours { ground: string; ink: string }

/** A ground with the ink, dark or light, that reads better on it. */
export function inked(ground: string): HeatColours {
  const [dark, light] = ['#010208', '#ffffff'];
  return { ground, ink: contrast(ground, light) >= Math.min(4.5, contrast(ground, dark)) ? light : dark };
}

/**
 * Ground and ink of a heat cell, from nothing (0) to the most (1).
 *
 * Only the calmer part of the scale is used: there one ink reads on every cell, and does not turn from neighbour to neighbour.
 */
export const heat = (share: number, tokens: Tokens): HeatColours => inked(mixed(tokens.heatFrom, tokens.heatTo, 0.45 * Math.min(1, Math.max(0, share))));
