/** The slice of ECharts that the app uses; the set-up's bundle carries no declarations. */
declare module '@vendor/echarts' {
  export type Option = Record<string, unknown>;
  export interface Instance {
    setOption(option: Option, how?: { notMerge?: boolean; lazyUpdate?: boolean }): void;
    resize(size?: { width?: number; height?: number }): void;
    dispose(): void;
    on(event: string, listener: (event: { name?: string; seriesName?: string; dataIndex?: number }) => void): void;
    dispatchAction(action: Record<string, unknown>): void;
  }
  export const echarts: {
    version: string;
    init(element: HTMLElement | null, theme: null, how: Record<string, unknown>): Instance;
  };
}
