import { describe, expect, it } from 'vitest';
import { rankSolutions, type Candidate, type Picture } from './rank-solutions.ts';

const words = (text: string): Picture['words'] =>
  text.split(' ').map((word) => ({ word, stems: [word.toLowerCase()] }));
const picture: Picture = { causeId: 'web', checkKinds: ['http'], words: words('connection refused port 80 nginx') };

function candidate(id: string, over: Partial<Omit<Candidate, 'stems'>> & { text?: string } = {}): Candidate {
  const { text = '', ...rest } = over;
  return { id, thingId: null, checkKinds: [], worked: 0, failed: 0, stems: new Set(text.split(' ')), ...rest };
}

const order = (candidates: readonly Candidate[]): string[] => rankSolutions(picture, candidates).map(({ id }) => id);

describe('the order of suggestions', () => {
  it('puts the same cause and kind of check first, then the same cause, then likeness, then the kind', () => {
    const alike = candidate('alike', { text: 'connection refused port 80 nginx' });
    const cause = candidate('cause', { thingId: 'web' });
    const both = candidate('both', { thingId: 'web', checkKinds: ['http'] });
    const kind = candidate('kind', { checkKinds: ['http'], text: 'nginx' });
    expect(order([kind, alike, cause, both])).toEqual(['both', 'cause', 'alike', 'kind']);
  });

  it('prefers what worked more often when all else is the same', () => {
    const often = candidate('often', { thingId: 'web', worked: 9, failed: 1 });
    const never = candidate('never', { thingId: 'web', failed: 4 });
    const unused = candidate('unused', { thingId: 'web' });
    expect(order([never, unused, often])).toEqual(['often', 'unused', 'never']);
  });

  it('leaves out what has nothing in common', () => {
    expect(
      order([candidate('other', { text: 'printer paper jam' }), candidate('bare', { checkKinds: ['http'] })]),
    ).toEqual([]);
  });

  it('gives a rare word more weight than one that all hold', () => {
    const common = ['a', 'b', 'c', 'd'].map((id) => candidate(id, { text: 'connection refused' }));
    const rare = candidate('rare', { text: 'nginx 80' });
    expect(order([...common, rare])[0]).toBe('rare');
  });

  it('is the same whatever the order of the candidates, and bounded', () => {
    const many = Array.from({ length: 40 }, (_, at) =>
      candidate(`s${String(at).padStart(2, '0')}`, { thingId: 'web' }),
    );
    expect(order(many)).toEqual(order(many.toReversed()));
    expect(order(many)).toHaveLength(10);
  });

  it('stands an incident without words, cause or kind', () => {
    expect(rankSolutions({ causeId: null, checkKinds: [], words: [] }, [candidate('any', { text: 'x' })])).toEqual([]);
  });
});

it('says what speaks for a solution', () => {
  const [first] = rankSolutions(picture, [
    candidate('one', { thingId: 'web', checkKinds: ['http', 'tls'], text: 'nginx' }),
  ]);
  expect(first).toMatchObject({ sameCause: true, sameKinds: ['http'], sameWords: ['nginx'] });
});
