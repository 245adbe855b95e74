/** The colours of charts. The custom properties in styles/tokens.css carry the same values for everything else. */
export interface Tokens {
  surface: string; grid: string; axis: string; text: string; textSoft: string; textFaint: string;
  accent: string; accentStrong: string; band: string; areaTop: string; areaBottom: string;
  target: string; note: string; future: string; comparison: string; tooltip: string; tooltipBorder: string;
  /** What came and what went; signs and words say it as well. */
  gain: string; loss: string; gainInk: string; lossInk: string; quiet: string;
  /** Cells of a heat table go from the first to the second; the ink is chosen by luminance. */
  heatFrom: string; heatTo: string;
  /** Lines of a breakdown, in the order of its parts; each is told apart by its label as well. */
  parts: string[];
}

export const light: Tokens = {
  surface: '#ffffff', grid: '#eef0f4', axis: '#d5d9e2', text: '#0f172a', textSoft: '#475467', textFaint: '#5d6b82',
  accent: '#4253e0', accentStrong: '#2f3cb8', band: 'rgba(66,83,224,0.13)', areaTop: 'rgba(66,83,224,0.13)', areaBottom: 'rgba(66,83,224,0)',
  target: '#0f766e', note: '#b54708', future: 'rgba(66,83,224,0.035)', comparison: '#8390a6', tooltip: '#ffffff', tooltipBorder: '#e2e6ee',
  gain: '#0e9384', loss: '#e0523f', gainInk: '#0f766e', lossInk: '#b42318', quiet: '#b9c0ce', heatFrom: '#f0f2fe', heatTo: '#2f3cb8',
  parts: ['#4253e0', '#0e8a7d', '#c2570c', '#9333c7', '#0b7cb0', '#b4235f', '#6b7488'],
};

export const dark: Tokens = {
  surface: '#12161f', grid: '#1e2430', axis: '#2b3341', text: '#f2f4f8', textSoft: '#b4bdcc', textFaint: '#93a0b4',
  accent: '#8b9bff', accentStrong: '#b3beff', band: 'rgba(139,155,255,0.17)', areaTop: 'rgba(139,155,255,0.16)', areaBottom: 'rgba(139,155,255,0)',
  target: '#4fd1b8', note: '#fdb022', future: 'rgba(139,155,255,0.05)', comparison: '#7d899d', tooltip: '#1a202c', tooltipBorder: '#323b4b',
  gain: '#3cc6ad', loss: '#f97a69', gainInk: '#4fd1b8', lossInk: '#fb8f80', quiet: '#5a6579', heatFrom: '#181e33', heatTo: '#98a6ff',
  parts: ['#8b9bff', '#4fd1b8', '#fb9a4b', '#c99bff', '#57bdf0', '#f788b5', '#9aa5b8'],
};

export const font = "Inter, system-ui, -apple-system, 'Segoe UI', sans-serif";
