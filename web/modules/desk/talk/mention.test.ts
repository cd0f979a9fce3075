import { describe, expect, it } from 'vitest';
import { colleaguesFor, mentionAt, mentionedIn, withMention } from './mention.ts';

const all = [
  { value: '1', label: 'Hélène Roy' },
  { value: '2', label: 'Bob Tremblay' },
  { value: '3', label: 'Bob Petit' },
];

describe('a mention', () => {
  it('begins with an @ at the start of a word', () => {
    expect(mentionAt('Demande à @hel', 14)).toEqual({ from: 10, typed: 'hel' });
    expect(mentionAt('@', 1)).toEqual({ from: 0, typed: '' });
    expect(mentionAt('(@bob tr', 8)).toEqual({ from: 1, typed: 'bob tr' });
  });
  it('is no mail address, and ends with a sentence', () => {
    expect(mentionAt('paul@vigie', 10)).toBeNull();
    expect(mentionAt('@bob and then', 13)).toBeNull();
    expect(mentionAt('@bob, yes', 9)).toBeNull();
  });
  it('finds names without their accents, by any part', () => {
    expect(colleaguesFor('hel', all).map(({ value }) => value)).toEqual(['1']);
    expect(colleaguesFor('pet', all).map(({ value }) => value)).toEqual(['3']);
    expect(colleaguesFor('bob t', all).map(({ value }) => value)).toEqual(['2']);
    expect(colleaguesFor('', all)).toHaveLength(3);
  });
  it('is written out in its place', () => {
    expect(withMention('See @hel please', { from: 4, typed: 'hel' }, 'Hélène Roy')).toEqual({
      text: 'See @Hélène Roy please',
      cursor: 16,
    });
  });
  it('is found again in what was written', () => {
    expect(mentionedIn('@Hélène Roy and @bob petit: look', all)).toEqual(['1', '3']);
    expect(mentionedIn('nobody', all)).toEqual([]);
  });
});
