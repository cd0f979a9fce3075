import { expect, test } from 'vitest';
import { tagChanges, tagWords, undoneChanges, type Tagged } from './tag-changes.ts';

const host = (id: string, ...tags: string[]): Tagged => ({ kind: 'host', id, tags });

test('tags are typed with spaces or commas between, in any case', () => {
  expect(tagWords(' Web, prod  web;eu ')).toEqual(['web', 'prod', 'eu']);
  expect(tagWords('  ')).toEqual([]);
});

test('what is undone is what the change did, and nothing that was so before', () => {
  const things = [host('a', 'web'), host('b'), host('c', 'web', 'old')];
  expect(tagChanges(things, ['web'], ['old'])).toEqual([
    { things: things.map(({ kind, id }) => ({ kind, id })), add: ['web'], remove: ['old'] },
  ]);
  expect(undoneChanges(things, ['web'], ['old'])).toEqual([
    { things: [{ kind: 'host', id: 'b' }], add: [], remove: ['web'] },
    { things: [{ kind: 'host', id: 'c' }], add: ['old'], remove: [] },
  ]);
});

test('a tag that is put on and taken off at once stays on', () => {
  expect(undoneChanges([host('a', 'web')], ['web'], ['web'])).toEqual([]);
});

test('more things than a request takes are tagged by several', () => {
  const many = Array.from({ length: 2_300 }, (_none, place) => host(String(place)));
  expect(tagChanges(many, ['web'], []).map(({ things }) => things.length)).toEqual([1_000, 1_000, 300]);
  expect(undoneChanges(many, ['web'], []).map(({ things }) => things.length)).toEqual([1_000, 1_000, 300]);
});
