import { expect, test } from 'vitest';
import { imaginePast, pastDays } from './imagine-past.ts';

const now = Date.parse('2026-11-22T10:00:00Z');

test('the same moment has the same past', () => {
  expect(imaginePast(now)).toEqual(imaginePast(now));
});

test('half a year has its mishaps, calls and notes, in the order of time and all before now', () => {
  const past = imaginePast(now);
  const episodes = past.filter(({ kind }) => kind === 'episode');
  expect(episodes.length).toBeGreaterThan(40);
  expect(past.filter(({ kind }) => kind === 'call').length).toBeGreaterThan(10);
  expect(past.filter(({ kind }) => kind === 'note').length).toBeGreaterThan(40);
  expect(past.map(({ at }) => at)).toEqual(past.map(({ at }) => at).toSorted((one, other) => one - other));
  expect(past.at(-1)?.at).toBeLessThan(now);
  expect(past[0]?.at).toBeGreaterThan(now - pastDays * 86_400_000);
});

test('mishaps do not overlap, so that each has a story of its own', () => {
  const episodes = imaginePast(now).filter((each) => each.kind === 'episode');
  for (const [index, episode] of episodes.entries()) {
    const next = episodes[index + 1];
    expect(next?.at ?? now).toBeGreaterThan(episode.at + episode.lastsMs);
    expect(episode.second).not.toBe(episode.responder);
  }
});
