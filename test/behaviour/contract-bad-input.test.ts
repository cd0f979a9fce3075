import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Role } from '#contract/permission.ts';
import { refusalBody } from '#contract/refusal.ts';
import type { Language } from '#contract/words.ts';
import { ask } from '../contract/ask.ts';
import { hostileInput, validInput } from '../contract/hostile-input.ts';
import { faultsOf, refusalCode } from '../contract/judge-answer.ts';
import { mayAsk, procedures, type Procedure } from '../contract/procedures.ts';
import { castPassword, startHouse, type House } from '../house.ts';

/** Always the same, so that a failure can be made again. */
const seed = 20_261_122;
const runsEach = 12;
const secret = 'S3cret-in-the-vault';

let house: House;
let database: Client;
let ids: string[];
/** For each role a token of its own; `null` is nobody. */
const tokens = new Map<Role | null, string | undefined>();

beforeAll(async () => {
  process.stdout.write(`fast-check seed ${seed}\n`);
  house = await startHouse({ logLevel: 'silent' });
  database = new Client({ connectionString: house.databaseUrl });
  await database.connect();
  const { alice, bob } = house.as;
  const site = await bob.estate.sites.create({ name: 'Montréal' });
  const host = await bob.estate.hosts.create({ name: 'web-01', address: '127.0.0.1', siteId: site.id });
  const service = await bob.estate.services.create({ name: 'Intranet' });
  const ticket = await bob.desk.tickets.create({ title: 'Printer on fire' });
  const credential = await alice.upkeep.credentials.create({
    kind: 'password',
    name: 'root of all',
    user: 'root',
    password: secret,
  });
  ids = [uuid(), uuid(), site.id, host.id, service.id, ticket.id, credential.id, house.ids.olga];
  for (const [name, role] of [
    ['alice', 'administrator'],
    ['bob', 'operator'],
    ['carol', 'auditor'],
    ['dan', 'requester'],
  ] as const)
    tokens.set(role, house.tokens[name]);
  tokens.set(null, undefined);
}, 60_000);
afterAll(async () => {
  await database.end();
  await house[Symbol.asyncDispose]();
});

const secrets = [secret, castPassword];

const settings = { seed, numRuns: runsEach, endOnFailure: true } as const;

async function tokenFor(role: Role, procedure: Procedure): Promise<string | undefined> {
  // Signing out ends the session that asks for it: it gets one of its own.
  if (procedure.name !== 'people.session.end') return tokens.get(role);
  return (await house.as.alice.people.tokens.create({ name: 'to be ended' })).token;
}

/** Everything that people decide, in one number; what Vigie measures by itself is left out. */
async function fingerprint(): Promise<string> {
  const { rows } = await database.query<{ name: string }>(
    `select table_schema || '.' || table_name as name from information_schema.tables
     where table_schema in ('estate', 'upkeep', 'desk', 'notify', 'people') and table_type = 'BASE TABLE'
       and table_name not in ('session', 'failed_attempt', 'person') order by 1`,
  );
  const sums: string[] = [];
  for (const { name } of rows) {
    const sum = await database.query<{ sum: string }>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${name} t`,
    );
    sums.push(`${name} ${sum.rows[0]?.sum ?? ''}`);
  }
  const rest = await database.query<{ sum: string }>(
    `select md5((select coalesce(string_agg(concat(id, name, mail, role, active), '|' order by id), '') from people.person)
       || (select coalesce(string_agg(concat(id, name, settings, paused), '|' order by id), '') from watch.check)
       || (select count(*) from logbook.entry where kind = 'note') || (select count(*) from logbook.solution)) as sum`,
  );
  return [...sums, rest.rows[0]?.sum].join('\n');
}

describe('every request of the contract', () => {
  it('is found by walking the contract', () => {
    expect(procedures.length).toBeGreaterThan(70);
    expect(new Set(procedures.map(({ name }) => name)).size).toBe(procedures.length);
  });

  it.each(procedures.map((procedure) => [procedure.name, procedure] as const))(
    '%s is closed to who may not, before its input is read',
    async (_name, procedure) => {
      for (const role of [null, 'requester', 'auditor', 'operator'] as const) {
        if (mayAsk(role, procedure)) continue;
        const expected = role === null ? 'signed_out' : 'forbidden';
        const asked = { url: house.url, token: tokens.get(role), language: 'fr' } as const;
        const inputs = fc.sample(hostileInput(procedure.input, ids), { seed, numRuns: 4 });
        const malformed = { ...asked, raw: { contentType: 'application/json', body: '{"id":' } };
        for (const [input, how] of [
          [{}, malformed] as const,
          ...[{}, ...inputs].map((each) => [each, asked] as const),
        ]) {
          const answer = await ask(procedure, input, how);
          expect(faultsOf(answer, procedure, { language: 'fr', secrets })).toEqual([]);
          expect({ role, input, code: refusalCode(answer) }).toEqual({ role, input, code: expected });
        }
      }
    },
  );
});

it('answers an address that cannot be decoded with a sentence', async () => {
  for (const bad of ['%ED%A0%80', '%', '%zz', 'x'.repeat(2_000)]) {
    const answer = await fetch(`${house.url}/api/estate/hosts/${bad}`, { headers: { 'accept-language': 'fr' } });
    const body = refusalBody.parse(await answer.json());
    expect([bad, ['bad_input', 'not_found', 'signed_out'].includes(body.code)]).toEqual([bad, true]);
    expect(body.message).toMatch(/\p{L}{3,} /u);
  }
});

describe.each(['requester', 'auditor'] as const)('who is %s', (role) => {
  let before: string;
  beforeAll(async () => {
    before = await fingerprint();
  });

  // What is one's own may be changed: one's name, one's password, one's tokens and session.
  const guarded = procedures.filter(({ permission }) => permission !== 'public' && permission !== 'session');
  const byModule = Map.groupBy(guarded, ({ name }) => name.split('.')[0] ?? name);

  it.each([...byModule])('changes nothing of %s, and sees no more than is theirs', async (_module, asked) => {
    const others = role === 'auditor' ? [] : ['alice@vigie.test', 'bob@vigie.test', 'Olga Petit', house.tokens.alice];
    for (const procedure of asked) {
      for (const input of fc.sample(validInput(procedure.input, ids), { seed, numRuns: 3 })) {
        const answer = await ask(procedure, input, { url: house.url, token: tokens.get(role) });
        expect(faultsOf(answer, procedure, { language: 'en', secrets: [...secrets, ...others] })).toEqual([]);
        expect({ name: procedure.name, changed: procedure.changes && answer.status !== 403 }).toMatchObject({
          changed: false,
        });
      }
    }
    expect(await fingerprint()).toBe(before);
  });
});

const bodies = [
  '',
  '{',
  '{"a":',
  'null',
  '[]',
  '"x"',
  '12',
  'NaN',
  '\uFEFF{}',
  '{"a":1}{"b":2}',
  `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  '['.repeat(50_000),
];
const contentTypes = [
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'image/png',
  'nonsense',
  null,
];

describe.each(procedures.map((procedure) => [procedure.name, procedure] as const))('%s', (_name, procedure) => {
  const language: Language = procedure.name.length % 2 === 0 ? 'fr' : 'en';

  it('answers hostile input with a sentence, never with a fault', async () => {
    await fc.assert(
      fc.asyncProperty(hostileInput(procedure.input, ids), async (input) => {
        const asked = { url: house.url, token: await tokenFor('administrator', procedure), language };
        expect(faultsOf(await ask(procedure, input, asked), procedure, { language, secrets })).toEqual([]);
      }),
      settings,
    );
  }, 60_000);

  // A GET has no body.
  if (procedure.method === 'GET') return;
  it('answers what is not JSON with a sentence, never with a fault', async () => {
    const token = await tokenFor('administrator', procedure);
    const send = async (contentType: string | null, body: string): Promise<number> => {
      const asked = { url: house.url, token, language, raw: { contentType, body } };
      const answer = await ask(procedure, { id: uuid() }, asked);
      expect(faultsOf(answer, procedure, { language, secrets })).toEqual([]);
      return answer.status;
    };
    for (const body of bodies) await send('application/json', body);
    for (const contentType of contentTypes) await send(contentType, '{"name":"x y"}');
    expect(await send('application/json', JSON.stringify({ name: 'x'.repeat(1_100_000) }))).toBe(413);
  });
});
