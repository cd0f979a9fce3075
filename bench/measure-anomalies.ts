import { createDetector } from '../analyse/anomalies/detector.ts';

/** `node bench/measure-anomalies.ts`: how many series one core judges each minute, one value of each, and what each keeps. */

const seriesCount = 1000;
const rounds = 1000;
const startMs = Date.UTC(2026, 0, 5);

const detectors = Array.from({ length: seriesCount }, () => createDetector());
const started = process.cpuUsage();
let told = 0;
for (let round = 0; round < rounds; round += 1) {
  const timeMs = startMs + round * 300_000;
  for (const [at, detector] of detectors.entries()) {
    const daily = Math.sin(((timeMs + at * 3_600_000) / 86_400_000) * 2 * Math.PI);
    const { anomaly } = detector.push(timeMs, 100 + 40 * daily + ((round * 7919 + at * 104_729) % 13));
    if (anomaly !== undefined) told += 1;
  }
}
const { user, system } = process.cpuUsage(started);
const microsecondsEach = (user + system) / (seriesCount * rounds);
console.log(`series a minute on one core: ${Math.floor(60e6 / microsecondsEach).toLocaleString('en')}`);
console.log(`CPU of one value: ${microsecondsEach.toFixed(1)} µs; told: ${told} of ${seriesCount * rounds} values`);
console.log(`kept of each series: ${createDetector().save().length.toLocaleString('en')} bytes`);
