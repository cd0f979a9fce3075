import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFilter } from './filter-words.ts';

describe('the words of a filter', () => {
  it('mean the same in both languages', () => {
    const { unknown: _one, ...english } = readFilter(
      'state:open assignee:me kind:request priority:high,critical tag:vpn',
    );
    const { unknown: _other, ...french } = readFilter(
      'état:ouvert assigné:moi genre:demande priorité:haute,critique étiquette:vpn',
    );
    expect(french).toEqual(english);
    expect(english).toMatchObject({
      over: false,
      assignee: { who: 'me' },
      kinds: ['request'],
      priorities: ['high', 'critical'],
      tags: ['vpn'],
    });
  });

  it('take what stands in quotes as it is, and a number as a number', () => {
    expect(readFilter('"mot de passe" requester:"Hélène Dupont" #42 vpn')).toMatchObject({
      exact: ['mot de passe'],
      requester: 'Hélène Dupont',
      number: 42,
      words: ['vpn'],
      unknown: [],
    });
  });

  it('turn round with a minus', () => {
    expect(readFilter('-tag:vpn -state:open')).toMatchObject({ withoutTags: ['vpn'], over: true });
  });

  it('tell what they do not know instead of finding nothing in silence', () => {
    expect(readFilter('colour:red state:pink due:someday').unknown).toEqual([
      'colour:red',
      'state:pink',
      'due:someday',
    ]);
  });

  it('are read whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (typed) => {
        expect(() => readFilter(typed)).not.toThrow();
      }),
    );
  });
});
