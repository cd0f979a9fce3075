import { Client as Database } from 'pg';
import { startedVigie } from './started-vigie.ts';
import { inventedWords } from './invented-words.ts';

/**
 * `node bench/measure-known-answers.ts [entries]`: what suggestions for a ticket cost at the API of the whole server, with so
 * many solutions in the logbook (20,000 unless said otherwise), while new ones are written down.
 */

const entries = Number(process.argv[2] ?? 20_000);
const rounds = 200;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

await using vigie = await startedVigie();
const database = new Database({ connectionString: vigie.databaseUrl });
await database.connect();
const seeded = performance.now();
for (let from = 0; from < entries; from += 1_000) {
  const some = Array.from({ length: Math.min(1_000, entries - from) }, () => [
    inventedWords(8),
    inventedWords(40),
    inventedWords(30),
    inventedWords(50),
  ]);
  await database.query(
    `insert into logbook.solution (id, title, symptom, cause, remedy, language, check_kinds, state, created_at,
       created_by_kind, created_by_name)
     select gen_random_uuid(), row ->> 0, row ->> 1, row ->> 2, row ->> 3, 'fr', '{}', 'kept', now(), 'vigie', 'Vigie'
     from jsonb_array_elements($1::jsonb) as row`,
    [JSON.stringify(some)],
  );
}
await database.query('analyze logbook.solution');
await database.end();
say(`${entries.toLocaleString('en')} solutions written in ${((performance.now() - seeded) / 1_000).toFixed(1)} s`);

const { client } = vigie;
const ticketIds: string[] = [];
for (let at = 0; at < rounds; at += 1) {
  const kind = (['request', 'incident', 'problem'] as const)[at % 3] ?? 'request';
  // Most people write a sentence or three; each tenth sends a page along.
  const description = inventedWords(at % 10 === 0 ? 400 : 25);
  ticketIds.push((await client.desk.tickets.create({ title: inventedWords(7), kind, description })).id);
}
const first = performance.now();
await client.logbook.solutions.suggest({ ticketId: ticketIds[0] ?? '' });
say(`first question, with the index being made: ${((performance.now() - first) / 1_000).toFixed(1)} s`);
const took: number[] = [];
let found = 0;
for (const [at, ticketId] of ticketIds.entries()) {
  // Somebody writes a solution down now and then: it has to be in the index for the next question.
  if (at % 5 === 0)
    await client.logbook.solutions.create({
      title: inventedWords(8),
      symptom: inventedWords(40),
      cause: inventedWords(30),
      remedy: inventedWords(50),
      language: 'fr',
      runbookId: null,
    });
  const begun = performance.now();
  const { items } = await client.logbook.solutions.suggest({ ticketId });
  took.push(performance.now() - begun);
  found += items.length > 0 ? 1 : 0;
}
took.sort((a, b) => a - b);
const share = (part: number): string => (took[Math.floor(part * (took.length - 1))] ?? 0).toFixed(1);
say(`suggestions for a ticket: median ${share(0.5)} ms, 95 % ${share(0.95)} ms, longest ${share(1)} ms`);
say(
  `${found} of ${rounds} tickets were given some; memory of the whole process ${Math.round(process.memoryUsage.rss() / 1_048_576)} MB`,
);
