import { describe, expect, test } from 'vitest';
import { z, ZodError } from 'zod';
import { isShown } from '#contract/show-when.ts';
import { conditionsOf, forgiveIdle, onlyWhen, withoutIdle } from './only-when.ts';

const schema = z.object({
  signIn: z.enum(['none', 'basic']).default('none'),
  user: onlyWhen(z.string().max(5).default(''), { signIn: ['basic'] }),
  port: z.number().default(0),
  verify: onlyWhen(z.boolean().default(true), { port: 'filled', signIn: ['basic'] }),
});
const conditions = conditionsOf(schema);
const defaults = schema.parse({});

describe('a setting that is of use only when others say so', () => {
  test('is known by the schema', () => {
    expect([...conditions]).toEqual([
      ['user', { signIn: ['basic'] }],
      ['verify', { port: 'filled', signIn: ['basic'] }],
    ]);
  });

  test('is shown when every condition holds', () => {
    const when = { port: 'filled', signIn: ['basic', 'digest'] } as const;
    expect(isShown(undefined, {})).toBe(true);
    expect(isShown(when, { port: 1, signIn: 'digest' })).toBe(true);
    expect(isShown(when, { port: 0, signIn: 'digest' })).toBe(false);
    expect(isShown(when, { port: 1, signIn: 'none' })).toBe(false);
  });

  test.each([
    ['', false],
    ['  ', false],
    ['x', true],
    [0, false],
    [7, true],
    [null, false],
    [undefined, false],
    [false, false],
    [true, true],
    [[], false],
    [['x'], true],
  ])('takes %j for filled: %s', (value, filled) => {
    expect(isShown({ it: 'filled' }, { it: value })).toBe(filled);
  });

  test('does not act in a run while it is of no use, whatever is stored in it', () => {
    const stored = schema.parse({ user: 'olga', verify: false });
    expect(withoutIdle(stored, defaults, conditions)).toEqual(defaults);
    const used = schema.parse({ signIn: 'basic', user: 'olga', port: 1, verify: false });
    expect(withoutIdle(used, defaults, conditions)).toBe(used);
  });

  test('is not what a refusal is about while nobody sees it', () => {
    const wrong = { user: 'much too long' };
    expect(schema.parse(forgiveIdle(wrong, schema, conditions))).toEqual(defaults);
    const seen = { signIn: 'basic', user: 'much too long' };
    expect(() => schema.parse(forgiveIdle(seen, schema, conditions))).toThrow(ZodError);
  });
});
