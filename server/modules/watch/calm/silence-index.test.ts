import fc from 'fast-check';
import { expect, test } from 'vitest';
import { silenceIndex } from './silence-index.ts';
import { covers } from './silence.ts';
import { silenceOf } from './testing/silence-of.ts';

const plain = silenceOf();

const word = fc.constantFrom('a', 'b', 'ab', 'ba', 'Ab');
const pattern = fc.array(fc.constantFrom('a', 'b', '*', 'A'), { maxLength: 5 }).map((parts) => parts.join(''));
const silence = fc.oneof(
  word.map((checkId) => ({ ...plain, checkId })),
  word.map((checkKind) => ({ ...plain, checkKind })),
  pattern.map((wanted) => ({ ...plain, pattern: wanted })),
  fc.tuple(word, fc.array(word), fc.boolean()).map(([tag, carriers, below]) => ({
    ...plain,
    tag,
    below,
    belowIds: new Set(carriers),
  })),
  fc.tuple(word, fc.array(word), fc.boolean()).map(([id, below, isBelow]) => ({
    ...plain,
    target: { kind: 'host' as const, id, name: id },
    below: isBelow,
    belowIds: new Set(below),
  })),
);
const check = fc.record({ checkId: word, checkKind: word, checkName: word, targetId: word });

test('the silence found among many is the first one that covers the check', () => {
  fc.assert(
    fc.property(fc.array(silence), fc.array(check), (silences, checks) => {
      const find = silenceIndex(silences);
      for (const one of checks) expect(find(one)).toBe(silences.find((each) => covers(each, one)));
    }),
  );
});
