import { SolutionIndex } from '../analyse/solutions/solution-index.ts';
import { inventedWords } from './invented-words.ts';

/** `node --expose-gc bench/measure-solutions.ts`: what a question to 20,000 entries costs in CPU time, what an entry costs, and what is kept. */

const entries = 20_000;
const questions = 400;

const keptNow = (): number => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};
const before = keptNow();
const index = new SolutionIndex();
const started = process.cpuUsage();
for (let at = 0; at < entries; at += 1) index.put({ id: `e${at}`, title: inventedWords(8), text: inventedWords(120) });
const built = process.cpuUsage(started);
const took: number[] = [];
for (let at = 0; at < questions; at += 1) {
  // Most questions are a sentence; each tenth is a page of a log.
  const text = at % 10 === 0 ? `${inventedWords(8)}\n${inventedWords(400)}` : inventedWords(12);
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
