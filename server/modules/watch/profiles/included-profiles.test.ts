import { describe, expect, it } from 'vitest';
import { makesCircle, withIncluded, withIncluding } from './included-profiles.ts';

const profiles = [
  { id: 'any', includes: [] },
  { id: 'linux', includes: ['any'] },
  { id: 'web', includes: ['linux', 'tls'] },
  { id: 'tls', includes: ['any'] },
];

describe('profiles that include others', () => {
  it('bring each of them along once', () => {
    expect(withIncluded(profiles, 'web')).toEqual(['web', 'linux', 'tls', 'any']);
  });

  it('are known from below', () => {
    expect(withIncluding(profiles, 'any').toSorted()).toEqual(['any', 'linux', 'tls', 'web']);
    expect(withIncluding(profiles, 'web')).toEqual(['web']);
  });

  it('may not lead back to themselves', () => {
    expect(makesCircle(profiles, 'any', ['web'])).toBe(true);
    expect(makesCircle(profiles, 'any', ['any'])).toBe(true);
    expect(makesCircle(profiles, 'web', ['any'])).toBe(false);
  });
});
