import { expect, it } from 'vitest';
import type { Widget } from '#contract/dashboard.ts';
import { addWidget, arrowWidget, placeWidget, settle } from './widget-moves.ts';

const content = { kind: 'counts', title: '' } as const;
const widget = (id: string, x: number, y: number, w = 6, h = 2): Widget => ({ id, x, y, w, h, content });
const places = (widgets: readonly Widget[] | undefined) =>
  widgets?.map(({ id, x, y, w, h }) => `${id} ${x},${y} ${w}x${h}`);

it('lets widgets fall up until something holds them', () => {
  expect(places(settle([widget('a', 0, 5), widget('b', 0, 9), widget('c', 6, 3)]))).toEqual([
    'a 0,0 6x2',
    'b 0,2 6x2',
    'c 6,0 6x2',
  ]);
});

it('moves those away that stand where a widget is put', () => {
  const moved = placeWidget([widget('a', 0, 0), widget('b', 6, 0)], 'b', { x: 0, y: 0, w: 6, h: 2 });
  expect(places(moved)).toEqual(['a 0,2 6x2', 'b 0,0 6x2']);
});

it('keeps a widget within twelve columns', () => {
  expect(places(placeWidget([widget('a', 0, 0)], 'a', { x: 11, y: 0, w: 40, h: 0 }))).toEqual(['a 0,0 12x1']);
});

it('moves and resizes by arrow keys, and changes places up and down', () => {
  const two = [widget('a', 0, 0), widget('b', 0, 2)];
  expect(places(arrowWidget(two, 'a', 'ArrowRight', false))).toEqual(['a 1,0 6x2', 'b 0,2 6x2']);
  expect(places(arrowWidget(two, 'a', 'ArrowDown', true))).toEqual(['a 0,0 6x3', 'b 0,3 6x2']);
  expect(places(arrowWidget(two, 'b', 'ArrowUp', false))).toEqual(['a 0,2 6x2', 'b 0,0 6x2']);
  expect(places(arrowWidget(two, 'a', 'ArrowDown', false))).toEqual(['a 0,2 6x2', 'b 0,0 6x2']);
  expect(arrowWidget(two, 'a', 'Enter', false)).toBeUndefined();
});

it('puts a new widget beside the last where there is room, else below', () => {
  const one = addWidget([], 'a', content);
  expect(places(addWidget(one, 'b', content))?.[1]).toBe('b 4,0 4x3');
});
