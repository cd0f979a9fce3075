import { createDetector } from '../analyse/anomalies/detector.ts';
import { madeServices } from './made-services.ts';

/** `node bench/measure-made-services.ts [seed]`: events of made services that are told, and what is told beside them. */

let [told, missed, wrong] = [0, 0, 0];
for (const { times, values, events } of madeServices(32, Number(process.argv[2] ?? 1))) {
  const detector = createDetector();
  const heard = new Set<number>();
  for (const [place, timeMs] of times.entries()) {
    const { anomaly } = detector.push(timeMs, values[place] ?? Number.NaN);
    if (anomaly === undefined) continue;
    const event = events.findIndex(([first, last]) => place >= first && place <= last + 3);
    if (event >= 0) heard.add(event);
    else if (place > 0.15 * times.length) wrong += 1;
  }
  told += heard.size;
  missed += events.length - heard.size;
}
const figures = [told / (told + wrong), told / (told + missed), (2 * told) / (2 * told + wrong + missed)];
console.log(`precision, recall, F1 of events: ${figures.map((figure) => figure.toFixed(3)).join(', ')}`);
console.log(`${told} of ${told + missed} events told, ${wrong} false alarms`);
