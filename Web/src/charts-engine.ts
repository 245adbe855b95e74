/** The chart engine, a file of its own, loaded when the first chart is drawn. */
export { echarts } from '@vendor/echarts';
