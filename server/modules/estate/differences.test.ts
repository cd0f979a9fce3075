import { describe, expect, it } from 'vitest';
import { differences } from './differences.ts';

describe('the differences that a change makes', () => {
  it('are the fields whose values differ', () => {
    expect(differences({ name: 'web', note: '' }, { name: 'www', note: '' })).toEqual({ name: 'www' });
  });

  it('leave out what was not said, and keep an explicit nothing', () => {
    const before: { name: string; site: string | null } = { name: 'web', site: 'lyon' };
    expect(differences(before, { name: undefined, site: null })).toEqual({ site: null });
  });
});
