import { expect, test } from 'vitest';
import { refuseCircle } from './composite-circle.ts';

const others = new Map([
  ['b', { members: ['c*2', 'd'] }],
  ['c', { members: ['e'] }],
]);

test('a composite may be made of composites', () => {
  expect(() => refuseCircle('a', { members: ['b', 'c', 'x'] }, others)).not.toThrow();
});

test('but never of itself, however far around', () => {
  expect(() => refuseCircle('a', { members: ['a'] }, others)).toThrow('composite_circle');
  expect(() => refuseCircle('e', { members: ['b'] }, others)).toThrow('composite_circle');
  expect(() => refuseCircle('a', { members: ['b'] }, new Map([['b', { members: ['a'] }]]))).toThrow('composite_circle');
});
