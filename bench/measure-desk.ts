import { cpus, loadavg } from 'node:os';
import type { Client } from '#contract/client.ts';
import { startDeskServer } from './desk-server.ts';
import { table } from './table.ts';

/**
 * The desk with 100,000 tickets and a million messages, measured at its API: server, client and database on one machine.
 * Use: node bench/measure-desk.ts [rounds]. With VIGIE_BENCH_DESK=<folder> the filled database is kept there and used again.
 */

const rounds = Number(process.argv[2] ?? 200);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}

interface Row {
  readonly name: string;
  readonly wantedMs: number;
  readonly first: number;
  readonly times: readonly number[];
}

async function measure(name: string, wantedMs: number, act: (round: number) => Promise<unknown>): Promise<Row> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const begun = performance.now();
    await act(round);
    times.push(performance.now() - begun);
  }
  return { name, wantedMs, first: times[0] ?? 0, times: times.slice(1) };
}

const pick = <Value>(values: readonly Value[], round: number): Value => {
  const value = values[round % values.length];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
};

async function measureReading(client: Client, long: readonly string[]): Promise<Row[]> {
  const list = (words: string) => (round: number) =>
    client.desk.tickets.find({ words, limit: 50, ...(round % 3 === 2 ? { sort: '-updated' as const } : {}) });
  const search = (all: readonly string[]) => (round: number) => client.desk.search({ words: pick(all, round) });
  return [
    await measure('list of 50, all', 25, list('')),
    await measure('list of 50, open and mine', 25, list('state:open assignee:me')),
    await measure('list of 50, a tag and a requester', 25, list('tag:vpn requester:dupont')),
    await measure('list of 50 with words', 25, list('state:open imprimante réseau')),
    await measure('ticket of 40 messages', 60, (round) => client.desk.tickets.sheet({ id: pick(long, round) })),
    await measure(
      'search, common words',
      80,
      search(['imprimante', 'réseau lent', 'password expired', 'messagerie bloqué']),
    ),
    await measure('search, rare word', 80, search(['motabc', 'motxyz', 'motkfr', 'motqqa'])),
    await measure(
      'search, exact words',
      80,
      search(['"mot passe"', '"serveur connexion"', 'imprimante "écran serveur"']),
    ),
    await measure('search, slips', 80, search(['imprimnate', 'mesagerie', 'certifciat expiré', 'keybaord'])),
    await measure(
      'search with operators',
      80,
      search(['state:open vpn', 'priority:critical disque', 'kind:problem câble']),
    ),
    await measure('type-ahead, a word begun', 40, search(['impr', 'certi', 'messag', 'netw', 'sauveg'])),
    await measure('type-ahead, a requester', 40, (round) =>
      client.desk.requesters.list({ search: pick(['dup', 'lefeb', 'zoe mar', 'p123'], round) }),
    ),
    await measure('quick entry, being typed', 40, (round) =>
      client.desk.quick.read({
        line: pick(['imp 3e HS @dupont12 !2 #compta', 'vpn lent @lefebvre !1 #reseau'], round),
      }),
    ),
  ];
}

async function measureWriting(client: Client, long: readonly string[]): Promise<Row[]> {
  const body = 'Bonjour, l’imprimante du troisième étage ne répond plus depuis ce matin. Merci de regarder. '.repeat(8);
  const { items } = await client.desk.requesters.list({ search: 'dupont' });
  const requesterId = items[0]?.id ?? null;
  return [
    await measure('create a ticket', 25, (round) =>
      client.desk.tickets.create({
        title: `Imprimante ${round}`,
        kind: 'request',
        description: body,
        requesterId,
        tags: ['mesure'],
      }),
    ),
    await measure('quick entry, entered', 25, (round) =>
      client.desk.quick.enter({ line: `imp ${round} HS @dupont12 !2 #mesure` }),
    ),
    await measure('a message to a long ticket', 25, (round) =>
      client.desk.messages.add({ id: pick(long, round), visibility: 'public', body }),
    ),
  ];
}

async function measureMany(client: Client): Promise<readonly (readonly string[])[]> {
  const { items } = await client.desk.categories.list({});
  const ids: string[] = [];
  let after: string | undefined;
  while (ids.length < 1_000) {
    const page = await client.desk.tickets.find({
      words: 'state:open',
      limit: 200,
      ...(after === undefined ? {} : { after }),
    });
    ids.push(...page.items.map(({ id }) => id));
    after = page.next ?? undefined;
    if (after === undefined) break;
  }
  const begun = performance.now();
  const change = { addTags: ['lot'], priority: 'high' as const, categoryId: items[0]?.id ?? null };
  const bulk = await client.desk.bulk.start({ ids: ids.slice(0, 1_000), change });
  const changed = performance.now();
  const back = await client.desk.bulk.undo({ id: bulk.id });
  return [
    ['change of 1,000 tickets', '2,000', (changed - begun).toFixed(0), `${bulk.done} done, ${bulk.skipped} skipped`],
    ['its undoing', '2,000', (performance.now() - changed).toFixed(0), back.state],
  ];
}

await using server = await startDeskServer(say);
const { client, database } = server;
const sizes = await database.query<{ name: string; size: string }>(
  `select relname as name, pg_size_pretty(pg_total_relation_size(oid)) as size from pg_class
   where relnamespace = 'desk'::regnamespace and relkind = 'r' and pg_total_relation_size(oid) > 8000000 order by pg_total_relation_size(oid) desc`,
);
say(
  table(
    'on the disk',
    ['table', 'size'],
    sizes.rows.map(({ name, size }) => [name, size]),
  ),
);
const long = (
  await database.query<{ id: string }>(
    'select id from desk.ticket where number % 50 = 0 order by number desc limit 200',
  )
).rows.map(({ id }) => id);
const measured = [...(await measureReading(client, long)), ...(await measureWriting(client, long))];
const head = ['what', 'wanted p95 ms', 'first', 'p50', 'p95', 'worst'];
say(
  table(
    `${rounds} of each, one after the other; ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1) ?? ''}`,
    head,
    measured.map(({ name, wantedMs, first, times }) => [
      name,
      String(wantedMs),
      first.toFixed(1),
      percentile(times, 0.5).toFixed(1),
      percentile(times, 0.95).toFixed(1),
      percentile(times, 1).toFixed(1),
    ]),
  ),
);
const answer = await client.desk.tickets.find({ words: 'state:open', limit: 50 });
say(`list of 50 open: ${(Buffer.byteLength(JSON.stringify(answer)) / 1_024).toFixed(1)} KiB`);
say(table('many at once', ['what', 'wanted ms', 'ms', ''], await measureMany(client)));
