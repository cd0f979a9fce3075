import { SolutionIndex } from '../analyse/solutions/solution-index.ts';

/** `node --expose-gc bench/measure-solutions.ts`: what a question to 20,000 entries costs in CPU time, what an entry costs, and what is kept. */

const entries = 20_000;
const questions = 400;

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
/** Words as languages have them: few come often, most seldom (Zipf 1949). */
const words = (count: number): string =>
  Array.from({ length: count }, () =>
    random() < 0.35
      ? little[Math.floor(little.length * random())]
      : vocabulary[Math.floor(vocabulary.length * random() ** 3)],
  ).join(' ');

const keptNow = (): number => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};
const before = keptNow();
const index = new SolutionIndex();
const started = process.cpuUsage();
for (let at = 0; at < entries; at += 1) index.put({ id: `e${at}`, title: words(8), text: words(120) });
const built = process.cpuUsage(started);
const took: number[] = [];
for (let at = 0; at < questions; at += 1) {
  // Most questions are a sentence; each tenth is a page of a log.
  const text = at % 10 === 0 ? `${words(8)}\n${words(400)}` : words(12);
  const from = process.cpuUsage();
  index.find({ text }, 10);
  const { user, system } = process.cpuUsage(from);
  took.push((user + system) / 1000);
}
took.sort((a, b) => a - b);
const share = (part: number): string => (took[Math.floor(part * (took.length - 1))] ?? 0).toFixed(1);
console.log(
  `a question to ${entries.toLocaleString('en')} entries: median ${share(0.5)} ms, 95 % ${share(0.95)} ms, longest ${share(1)} ms`,
);
console.log(`an entry: ${((built.user + built.system) / entries / 1000).toFixed(2)} ms of CPU to add`);
console.log(`kept: ${Math.round((keptNow() - before) / 1_048_576)} MB`);
