import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeHostName } from './host-name.ts';

describe('the name of a host that was found', () => {
  it('is the wanted one while nobody has it', () => {
    expect(freeHostName('web', '192.0.2.1', new Set())).toBe('web');
  });

  it('gets its address when another host has the name', () => {
    expect(freeHostName('Web', '192.0.2.1', new Set(['web']))).toBe('Web (192.0.2.1)');
  });

  it('is always free, short enough and never empty', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 100 }),
        fc.domain(),
        fc.integer({ max: 9 }),
        (name, at, many) => {
          const taken = new Set<string>();
          for (let turn = 0; turn <= many; turn += 1) {
            const free = freeHostName(name, at, taken);
            expect(taken.has(free.toLowerCase())).toBe(false);
            expect(free.length).toBeGreaterThan(0);
            expect(free.length).toBeLessThanOrEqual(100);
            taken.add(free.toLowerCase());
          }
        },
      ),
    );
  });
});
