import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Line } from './line.ts';

test('a line gives out what was put in, in its order, however it grows and shrinks', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -3_000, max: 3_000 }), { maxLength: 30 }), (steps) => {
      const line = new Line<number>();
      let put = 0;
      let taken = 0;
      for (const step of steps) {
        for (let count = 0; count < step; count += 1) line.push((put += 1));
        for (let count = 0; count > step && taken < put; count -= 1) expect(line.shift()).toBe((taken += 1));
        expect(line.length).toBe(put - taken);
      }
      while (taken < put) expect(line.shift()).toBe((taken += 1));
      expect(line.shift()).toBeUndefined();
    }),
    { numRuns: 30 },
  );
});
