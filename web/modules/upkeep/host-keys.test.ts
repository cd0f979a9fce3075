import { describe, expect, it } from 'vitest';
import { keyChoices } from './host-keys.ts';

const key = (type: string, fingerprint: string) => ({ type, key: fingerprint, fingerprint });

describe('the keys of a host', () => {
  it('are offered unpinned until somebody has compared them', () => {
    expect(keyChoices([], [key('ed25519', 'a')])).toEqual({
      keys: [{ key: key('ed25519', 'a'), pinned: false }],
      changed: false,
    });
  });

  it('stand once when the host shows what is pinned', () => {
    expect(
      keyChoices([key('ed25519', 'a')], [key('ed25519', 'a'), key('rsa', 'b')]).keys.map((each) => each.pinned),
    ).toEqual([true, false]);
  });

  it('are told apart when the host shows another of the same type', () => {
    expect(keyChoices([key('ed25519', 'a')], [key('ed25519', 'x')]).changed).toBe(true);
    expect(keyChoices([key('ed25519', 'a')], [key('rsa', 'x')]).changed).toBe(false);
  });
});
