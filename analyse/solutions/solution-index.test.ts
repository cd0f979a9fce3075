import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SolutionIndex, type SolutionEntry } from './solution-index.ts';

const known: SolutionEntry[] = [
  {
    id: 'disk',
    title: 'Disque plein sur un serveur',
    text: 'Supprimer les vieux journaux. Puis relancer la rotation.',
  },
  { id: 'print', title: 'Imprimante hors ligne', text: 'Redémarrer le spouleur d’impression.', tags: ['imprimer'] },
  { id: 'mail', title: 'Messagerie : boîte saturée', text: 'Archiver les anciens messages. Augmenter le quota.' },
  {
    id: 'vpn',
    title: 'VPN fails with error 809',
    text: 'Open UDP ports 500 and 4500 on the firewall. Restart IKEEXT.',
  },
  {
    id: 'time',
    title: 'Clock drift on virtual machines',
    text: 'Restart chrony; check that readTimeout is above 5 s.',
  },
];

function indexOf(entries: readonly SolutionEntry[]): SolutionIndex {
  const index = new SolutionIndex();
  for (const entry of entries) index.put(entry);
  return index;
}

const firstFor = (text: string): string | undefined => indexOf(known).find({ text }, 3)[0]?.id;

describe('what answers', () => {
  test('the words may come in another form: plural, tense, accent, elision, derivation', () => {
    expect(firstFor('les disques sont pleins')).toBe('disk');
    expect(firstFor("probleme d'impression")).toBe('print');
    expect(firstFor('j’imprimais et puis plus rien')).toBe('print');
    expect(firstFor('boite aux lettres saturee')).toBe('mail');
    expect(firstFor('the clocks are drifting')).toBe('time');
  });

  test('what is misspelt, written in one word or a part of a code is found', () => {
    expect(firstFor('imprimnte')).toBe('print');
    expect(firstFor('read timeout')).toBe('time');
    expect(firstFor('erreur 809')).toBe('vpn');
    expect(firstFor('ikeext')).toBe('vpn');
  });

  test('the nearest sentence is shown, and how much of the question the entry tells', () => {
    const [first] = indexOf(known).find({ text: 'augmenter un quota' }, 1);
    const text = known.find(({ id }) => id === first?.id)?.text ?? '';
    expect(text.slice(first?.passage?.from, first?.passage?.to)).toBe('Augmenter le quota.');
    expect(first?.told).toBeCloseTo(1, 5);
    const [strange] = indexOf(known).find({ text: 'restart the coffee machine' }, 1);
    expect(strange?.told).toBeLessThan(0.6);
  });

  test('only what was known before may answer, and what is near in time is likelier', () => {
    const twins = [1, 500, 1000].map((day) => ({
      id: `d${day}`,
      title: 'DNS is slow',
      text: '',
      timeMs: day * 86_400_000,
    }));
    const index = indexOf(twins);
    const asked = { text: 'slow DNS', timeMs: 900 * 86_400_000 };
    expect(index.find(asked, 9).map(({ id }) => id)).toEqual(['d1000', 'd500', 'd1']);
    expect(index.find({ ...asked, beforeMs: asked.timeMs }, 9).map(({ id }) => id)).toEqual(['d500', 'd1']);
  });

  test('nothing is found for nothing', () => {
    expect(indexOf(known).find({ text: '' }, 5)).toEqual([]);
    expect(indexOf([]).find({ text: 'disk' }, 5)).toEqual([]);
    expect(indexOf(known).find({ text: 'zzzzzz' }, 5)).toEqual([]);
  });
});

describe('an index that goes on', () => {
  test('a changed entry answers with its new words, a removed one no longer', () => {
    const index = indexOf(known);
    index.put({ id: 'disk', title: 'Onduleur en alarme', text: 'Changer la batterie.' });
    expect(index.find({ text: 'batterie' }, 1)[0]?.id).toBe('disk');
    expect(index.find({ text: 'rotation des journaux' }, 5).some(({ id }) => id === 'disk')).toBe(false);
    expect(index.remove('disk')).toBe(true);
    expect(index.remove('disk')).toBe(false);
    expect(index.find({ text: 'batterie onduleur' }, 5).some(({ id }) => id === 'disk')).toBe(false);
    expect(index.size).toBe(known.length - 1);
  });

  const word = fc.constantFrom(
    'disk',
    'full',
    'disque',
    'plein',
    'error',
    'erreurs',
    'l’hôte',
    'db01',
    'The',
    'a',
    'é',
    '٣',
  );
  const sentence = fc.array(word, { maxLength: 8 }).map((words) => words.join(' '));
  const change = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    title: fc.oneof(sentence, fc.string()),
    text: fc.oneof(sentence, fc.string({ unit: 'binary' })),
    isGone: fc.boolean(),
  });

  test('after any changes it answers as one that was made of what is left, in any order', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 30 }),
        fc.oneof(sentence, fc.string({ unit: 'binary' })),
        (changes, text) => {
          const index = new SolutionIndex();
          const left = new Map<string, SolutionEntry>();
          for (const { isGone, ...entry } of changes) {
            if (isGone) index.remove(entry.id);
            else index.put(entry);
            if (isGone) left.delete(entry.id);
            else left.set(entry.id, entry);
          }
          const answers = (one: SolutionIndex): unknown =>
            one.find({ text }, 10).map(({ id, score, told }) => [id, score.toFixed(9), told.toFixed(9)]);
          const found = index.find({ text }, 10);
          expect(answers(indexOf([...left.values()].toReversed()))).toEqual(answers(index));
          expect(found.every(({ score, told }) => score > 0 && score <= 1 && told >= 0 && told <= 1 + 1e-9)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('one that is changed for years stays as small as its entries', () => {
    const index = new SolutionIndex();
    for (let turn = 0; turn < 6_000; turn += 1) {
      index.put({ id: `e${turn % 50}`, title: `error ${turn}`, text: `restart service ${turn % 50}` });
    }
    expect(index.size).toBe(50);
    expect(index.find({ text: 'error 5999' }, 1)[0]?.id).toBe('e49');
  });

  test('a page of noise is a question too', () => {
    const page = Array.from({ length: 5_000 }, (_, at) => `line ${at} failed with 0x${(at * 7919).toString(16)}`).join(
      '\n',
    );
    expect(indexOf(known).find({ text: `VPN error 809\n${page}` }, 1)[0]?.id).toBe('vpn');
  });
});
