import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Instance } from '@vendor/echarts';
import { linesKeys, type LineKey } from './lines/option';
import { optionFor, type ChartSpec } from './option';
import { summary } from './summary';
import { tip } from './tip';
import { trendLayout } from './trend/option';
import { useTokens } from '../shell/theme';

// Whoever loads this is about to draw; the engine comes while the numbers are asked for.
const engine = import('../charts-engine');
engine.catch(() => undefined);

const prefersStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * A chart of a spec, as wide as its place; the chart engine is a file of its own.
 *
 * `onPick` hears the name of a shape that was clicked. The table behind the chart offers the same by keyboard.
 */
export function Chart({ spec, height, onPick }: { spec: ChartSpec; height: number; onPick?: (name: string) => void }): JSX.Element {
  const tokens = useTokens();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<Instance>();
  const pick = useRef(onPick);
  pick.current = onPick;
  const [width, setWidth] = useState(0);

  useLayoutEffect(() => {
    const observer = new ResizeObserver((entries) => setWidth(Math.round(entries[0]?.contentRect.width ?? 0)));
    if (box.current) observer.observe(box.current);
    return () => { observer.disconnect(); chart.current?.dispose(); chart.current = undefined; };
  }, []);

  useEffect(() => {
    if (width === 0) return;
    let isStale = false;
    void engine.then(({ echarts }) => {
      const element = box.current;
      if (isStale || !element) return;
      const instance = (chart.current ??= opened(echarts.init(element, null, { renderer: 'svg' }), (name) => pick.current?.(name)));
      instance.resize({ width, height });
      const environment = { tokens, width, height, isAnimated: !prefersStillness(), tip };
      instance.setOption(optionFor(spec, environment), { notMerge: true });
      element.dataset['lettered'] = String(spec.kind === 'trend' && trendLayout(spec, environment).isLettered);
      element.dataset['ready'] = 'true';
    });
    return () => { isStale = true; };
  }, [spec, tokens, width, height]);

  const keys = spec.kind === 'lines' && width > 0 ? linesKeys(spec, tokens, width) : [];
  return (
    <>
      <div ref={box} className="chart" style={{ height }} role="img" aria-label={summary(spec)} />
      {keys.length > 0 && <LinesLegend keys={keys} />}
    </>
  );
}

/** What a narrow picture has no room to write beside its lines. */
function LinesLegend({ keys }: { keys: LineKey[] }): JSX.Element {
  return (
    <ul className="legend lines-legend">
      {keys.map((key) => <li key={key.name}><svg width="16" height="4" aria-hidden="true"><line x1="1" x2="15" y1="2" y2="2" stroke={key.color} strokeWidth="2.6" strokeDasharray={key.isDashed ? '4 3' : undefined} /></svg><span>{key.name}</span><b>{key.value}</b></li>)}
    </ul>
  );
}

function opened(instance: Instance, onPick: (name: string) => void): Instance {
  instance.on('click', ({ name }) => { if (name) onPick(name); });
  return instance;
}
