import { expect, test } from 'vitest';
import { diceOf, noiseAt, seedOf, wave } from './noise.ts';

test('the same seed and place give the same number, and others another', () => {
  expect(noiseAt(seedOf('lyon'), 12)).toBe(noiseAt(seedOf('lyon'), 12));
  expect(noiseAt(seedOf('lyon'), 12)).not.toBe(noiseAt(seedOf('lyon'), 13));
  expect(noiseAt(seedOf('lyon'), 12)).not.toBe(noiseAt(seedOf('québec'), 12));
});

test('numbers are spread evenly from 0 to 1, at places as large as times', () => {
  const tens = Array.from({ length: 10 }, () => 0);
  for (let place = 0; place < 10_000; place += 1) {
    const value = noiseAt(seedOf('spread'), 1_790_000_000_000 + place * 60_000);
    expect(value).toBeGreaterThanOrEqual(0);
    expect(value).toBeLessThan(1);
    tens[Math.floor(value * 10)] = (tens[Math.floor(value * 10)] ?? 0) + 1;
  }
  for (const count of tens) expect(Math.abs(count - 1_000)).toBeLessThan(150);
});

test('a wave never jumps', () => {
  for (let place = 0; place < 20; place += 0.01)
    expect(Math.abs(wave(7, place + 0.01) - wave(7, place))).toBeLessThan(0.05);
});

test('dice stay within what they were asked for', () => {
  const dice = diceOf('limits');
  for (let thrown = 0; thrown < 500; thrown += 1) {
    expect([1, 2, 3]).toContain(dice.whole(1, 3));
    expect(dice.between(2, 4)).toBeGreaterThanOrEqual(2);
    expect(['a', 'b']).toContain(dice.pick(['a', 'b']));
  }
  expect(() => dice.pick([])).toThrow('nothing to pick from');
});
