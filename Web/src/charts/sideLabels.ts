import type { Option } from '@vendor/echarts';
import { spread } from './scale';
import { font } from './tokens';

interface Api { coord(point: [number, number]): [number, number] }
interface Frame { coordSys: { x: number; y: number; width: number; height: number } }
export interface SideLabel { text: string; at: number; color: string; isStrong: boolean }

export const shortened = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

export const sideRoom = (labels: SideLabel[]): number => Math.max(0, ...labels.map((label) => label.text.length)) * 6.4 + 18;

/** Words at the right edge that name each line, pushed apart where the lines end close to each other. */
export function sideLabels(labels: SideLabel[], end: number): Option[] {
  if (labels.length === 0) return [];
  return [{
    type: 'custom', name: 'Labels', silent: true, clip: false, z: 8, data: [[end, labels[0]!.at]], tooltip: { show: false },
    renderItem: (box: Frame, api: Api) => {
      const { x, y, width, height } = box.coordSys;
      const places = spread(labels.map((label) => api.coord([end, label.at])[1]), 16, y + 4, y + height - 4);
      return {
        type: 'group', silent: true,
        children: labels.map((label, index) => ({
          type: 'text', silent: true, x: x + width + 9, y: places[index],
          style: { text: label.text, fill: label.color, font: `${label.isStrong ? 600 : 500} 11.5px ${font}`, verticalAlign: 'middle' },
        })),
      };
    },
  }];
}
