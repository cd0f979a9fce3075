import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { line, listOf, time } from '#contract/words.ts';
import { fieldFaults } from './field-faults.ts';

const schema = z.object({
  name: line(10),
  size: z.number().int().min(1).max(9),
  state: z.enum(['up', 'down']),
  id: z.uuid(),
  mail: z.email(),
  at: time,
  tags: z.array(z.string()).min(1).max(2),
  inner: z.strictObject({ deep: z.boolean() }),
});

function faults(input: unknown, language: 'en' | 'fr' = 'en'): Record<string, string> {
  const parsed = schema.safeParse(input);
  const found = parsed.success ? [] : fieldFaults(parsed.error.issues, input, language);
  return Object.fromEntries(found.map(({ path, message }) => [path, message]));
}

describe('what is wrong with an input', () => {
  it('is told field by field: what is missing', () => {
    const told = faults({});
    expect(Object.keys(told).toSorted()).toEqual(['at', 'id', 'inner', 'mail', 'name', 'size', 'state', 'tags']);
    expect(new Set(Object.values(told))).toEqual(new Set(['This is missing. Give a value.']));
  });

  it('says what to type instead', () => {
    expect(
      faults({
        name: 'two\nlines',
        size: 12,
        state: 'sideways',
        id: 'x',
        mail: 'x',
        at: 'yesterday',
        tags: [],
        inner: { deep: 'yes', deeper: 1 },
      }),
    ).toEqual({
      name: 'Write it on one line, without line breaks or control characters.',
      size: 'The largest value is 9.',
      state: 'Choose one of: up, down.',
      id: 'This is not an id.',
      mail: 'This is not a mail address. Write it like name@example.org.',
      at: 'This is not a moment. Write it like 2026-03-29T02:30:00+01:00.',
      tags: 'Give at least 1.',
      'inner.deep': 'This should be yes or no (true or false).',
      inner: 'Nothing here is called deeper.',
    });
  });

  it('says it in French', () => {
    const told = faults({ name: '', size: 'douze', tags: ['a', 'b', 'c'] }, 'fr');
    expect(told['name']).toBe('Ce champ ne peut pas rester vide.');
    expect(told['size']).toBe('Il faut ici un nombre.');
    expect(told['tags']).toBe('Donnez-en au plus 2.');
  });

  it('is bounded', () => {
    const many = listOf(z.object({ a: z.string() })).safeParse({
      items: Array.from({ length: 500 }, () => ({})),
      next: null,
      total: 0,
    });
    expect(fieldFaults(many.error?.issues ?? [], {}, 'en')).toHaveLength(50);
  });
});
