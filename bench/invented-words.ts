let state = 1;
const random = (): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};
const syllables =
  'ba be bi bo bu ca ce co da de di do fa fi fo ga ge gi la le li lo ma me mi mo na ne ni no pa pe pi po ra re ri ro sa se si so ta te ti to tion ment eur'.split(
    ' ',
  );
const vocabulary = Array.from({ length: 30_000 }, () =>
  Array.from({ length: 2 + Math.floor(3 * random()) }, () => syllables[Math.floor(syllables.length * random())]).join(
    '',
  ),
);
const little = ['le', 'la', 'de', 'des', 'un', 'une', 'est', 'the', 'of', 'and', 'to', 'in'];
/** Words as languages have them: few come often, most seldom (Zipf 1949). The same ones in each run. */
export const inventedWords = (count: number): string =>
  Array.from({ length: count }, () =>
    random() < 0.35
      ? little[Math.floor(little.length * random())]
      : vocabulary[Math.floor(vocabulary.length * random() ** 3)],
  ).join(' ');
