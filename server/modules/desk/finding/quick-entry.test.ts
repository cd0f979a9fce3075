import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readQuick, type QuickName } from './quick-entry.ts';

const name = (field: QuickName['field'], value: string, label: string, words = ''): QuickName => ({
  field,
  value,
  label,
  detail: '',
  words,
});

const names: readonly QuickName[] = [
  name('requester', 'p1', 'Hélène Dupont', 'helene.dupont@exemple.fr'),
  name('requester', 'p2', 'Marc Dupond'),
  name('requester', 'p3', 'Zoé Lefebvre'),
  name('thing', 'h1', 'imp-3e-01'),
  name('thing', 'h2', 'imp-2e-01'),
  name('thing', 'h3', 'srv-compta'),
  name('category', 'c1', 'Comptabilité', 'compta facture'),
  name('category', 'c2', 'Réseau', 'wifi vpn'),
  name('team', 't1', 'Réseau et télécoms'),
  name('assignee', 'o1', 'Olga Petit'),
];

const firsts = (line: string): string[] =>
  readQuick(line, names, 'fr').parts.map(({ choices }) => `${choices[0]?.field ?? '?'} ${choices[0]?.value ?? ''}`);

describe('a line of quick entry', () => {
  it('names thing, person, priority and category as one speaks', () => {
    const { title, parts } = readQuick('imp 3e HS @dupont !2 #compta', names, 'fr');
    expect(title).toBe('Imprimante 3e étage hors service');
    expect(parts.map(({ typed, choices }) => [typed, choices[0]?.field, choices[0]?.value])).toEqual([
      ['imp 3e', 'thing', 'h1'],
      ['@dupont', 'requester', 'p1'],
      ['!2', 'priority', 'high'],
      ['#compta', 'category', 'c1'],
    ]);
  });

  it('offers what a word may mean beside the likeliest', () => {
    const [person] = readQuick('@dupont', names, 'fr').parts;
    expect(person?.choices.map(({ value }) => value)).toEqual(['p1', 'p2']);
    const [place] = readQuick('#compta', names, 'fr').parts;
    expect(place?.choices.map(({ field }) => field)).toEqual(['category', 'thing', 'tag']);
  });

  it('forgives accents, case and slips', () => {
    expect(firsts('@HELENE.DUPONT')).toEqual(['requester p1']);
    expect(firsts('@lefevbre')).toEqual(['requester p3']);
    expect(firsts('#reseau')).toEqual(['category c2']);
    expect(firsts('>olag')).toEqual(['assignee o1']);
  });

  it('says when nothing fits, and keeps what was typed in the title', () => {
    const { title, parts } = readQuick('écran cassé @qqqq', names, 'fr');
    expect(parts).toEqual([{ from: 12, to: 17, typed: '@qqqq', chosen: null, choices: [] }]);
    expect(title).toBe('Écran cassé @qqqq');
  });

  it('hears from the words that something is asked for', () => {
    expect(firsts('besoin d’un clavier')).toEqual(['kind request']);
    expect(firsts('/chg besoin de mise à jour')).toEqual(['kind change']);
  });

  it('never fails, and its parts lie in the line in order, none over another of its kind', () => {
    const typed = fc.array(
      fc.oneof(
        fc.constantFrom('@', '#', '!', '>', '/', ' ', '  ', 'imp 3e', '@dupont', '!2', '#compta', 'HS', '>olga', '!!'),
        fc.string({ unit: 'grapheme', maxLength: 12 }),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(typed, fc.constantFrom('en', 'fr'), (pieces, language) => {
        const line = pieces.join('');
        const { title, parts } = readQuick(line, names, language);
        expect(title.length).toBeLessThanOrEqual(300);
        for (const { from, to, typed: said, chosen, choices } of parts) {
          expect(line.slice(from, to)).toBe(said);
          expect(chosen).toBe(choices.length > 0 ? 0 : null);
          expect(choices.map(({ score }) => score)).toEqual(
            choices.map(({ score }) => score).toSorted((a, b) => b - a),
          );
        }
        const starts = parts.map(({ from }) => from);
        expect(starts).toEqual(starts.toSorted((a, b) => a - b));
        expect(new Set(starts).size).toBe(starts.length);
      }),
      { numRuns: 500 },
    );
  });

  it('finds a name in which one letter was left out, doubled, swapped or mistaken', () => {
    const slip = fc.record({ at: fc.nat(20), how: fc.constantFrom('out', 'double', 'swap', 'other') });
    fc.assert(
      fc.property(fc.constantFrom('dupont', 'lefebvre'), slip, (word, { at, how }) => {
        const here = at % (word.length - 1);
        const wrong = {
          out: word.slice(0, here) + word.slice(here + 1),
          double: word.slice(0, here) + word.charAt(here) + word.slice(here),
          swap: word.slice(0, here) + word.charAt(here + 1) + word.charAt(here) + word.slice(here + 2),
          other: `${word.slice(0, here)}q${word.slice(here + 1)}`,
        }[how];
        const found = readQuick(`@${wrong}`, names, 'fr').parts[0]?.choices.map(({ value }) => value) ?? [];
        expect(found).toContain(word === 'dupont' ? 'p1' : 'p3');
      }),
    );
  });
});
