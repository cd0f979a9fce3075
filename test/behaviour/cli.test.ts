import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { castPassword, startHouse, type House } from '../house.ts';
import { runVigie, type CliAnswer, type CliSurroundings } from '../run-vigie.ts';

let house: House;
let folder: string;
beforeAll(async () => {
  house = await startHouse();
  folder = await mkdtemp(path.join(tmpdir(), 'vigie-cli-'));
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** The command line, here against this file's house. */
async function vigie(words: readonly string[], around: Partial<CliSurroundings> = {}): Promise<CliAnswer> {
  return runVigie(words, { url: house.url, configFolder: folder, ...around });
}

describe('the command line', () => {
  test('signs in once, keeps a token for its owner only, and withdraws it', async () => {
    const session = path.join(folder, 'vigie/session.json');
    const wrong = await vigie(['login', 'bob@example.org', '--password-stdin'], { input: 'not the password' });
    expect(wrong.code).toBe(1);
    const { items } = await house.as.alice.people.persons.list({ search: 'Bob' });
    const mail = items[0]?.mail ?? '';
    const signedIn = await vigie(['login', mail, '--password-stdin'], { input: `${castPassword}\n` });
    expect(signedIn.told).toContain('Bob Tremblay');
    expect((await stat(session)).mode & 0o777).toBe(0o600);
    expect(await readFile(session, 'utf8')).not.toContain(castPassword);
    const me = await vigie(['whoami', '--json']);
    expect(JSON.parse(me.out)).toMatchObject({ person: { name: 'Bob Tremblay' } });
    await vigie(['logout']);
    expect((await vigie(['whoami'])).code).toBe(4);
  });

  test('sends the token to no other address than its own', async () => {
    const { items } = await house.as.alice.people.persons.list({ search: 'Bob' });
    await vigie(['login', items[0]?.mail ?? '', '--password-stdin'], { input: castPassword });
    const other = await startHouse();
    expect((await vigie(['whoami'], { url: other.url })).code).toBe(4);
    await other[Symbol.asyncDispose]();
    await vigie(['logout']);
  });

  test('adds, lists, changes and removes by name, in tables and in JSON', async () => {
    const as = house.tokens.bob;
    expect((await vigie(['estate', 'sites', 'create', '--name', 'Lyon'], { as })).code).toBe(0);
    const made = await vigie(
      ['estate', 'hosts', 'create', '--name', 'web1', '--address', '192.0.2.10', '--site', 'Lyon', '--json'],
      { as },
    );
    expect(JSON.parse(made.out)).toMatchObject({ name: 'web1', site: { name: 'Lyon' } });
    const table = await vigie(['--lang', 'fr', 'estate', 'hosts', 'list', '--search', 'web1'], { as });
    expect(table.out).toMatch(/^Nom\s+Adresse\s+Genre\s+Site\nweb1\s+192\.0\.2\.10\s+serveur\s+Lyon\n$/u);
    await vigie(['estate', 'hosts', 'change', 'web1', '--note', '@-', '--site', 'none'], { as, input: 'two\nlines' });
    const shown = await vigie(['estate', 'hosts', 'get', 'web1', '--json'], { as });
    expect(JSON.parse(shown.out)).toMatchObject({ note: 'two\nlines', site: null });
    const removed = await vigie(['--lang', 'fr', 'estate', 'hosts', 'remove', 'web1'], { as });
    expect(removed).toEqual({ code: 0, out: '', told: 'C’est fait.\n' });
  });

  test('takes a whole input as JSON, and things by kind and name', async () => {
    const as = house.tokens.bob;
    await vigie(['estate', 'services', 'create', '--input', '@-'], {
      as,
      input: '{"name": "Shop", "importance": "high"}',
    });
    await vigie(['estate', 'hosts', 'create', '--name', 'db1', '--address', '192.0.2.11'], { as });
    const added = await vigie(['estate', 'dependencies', 'add', '--dependent', 'service:Shop', '--on', 'host:db1'], {
      as,
    });
    expect(added.code).toBe(0);
    const impact = await vigie(['--lang', 'en', 'estate', 'dependencies', 'impact', 'host', 'db1'], { as });
    expect(impact.out).toContain('Shop');
  });

  test('shows every page of a list when asked, and says when it shows one', async () => {
    const as = house.tokens.alice;
    const one = await vigie(['--lang', 'en', 'people', 'persons', 'list', '--limit', '2'], { as });
    expect(one.told).toContain('--all shows them all');
    const all = await vigie(['people', 'persons', 'list', '--all', '--json'], { as });
    const parsed: unknown = JSON.parse(all.out);
    expect(parsed).toMatchObject({ next: null });
  });

  test.each([
    [['--lang', 'fr', 'estate', 'hosts', 'frobnicate'], 2, 'Il y a trop de mots'],
    [['--lang', 'en', 'frobnicate'], 2, 'There is no command “frobnicate”'],
    [['--lang', 'en', 'estate', 'hosts', 'list', '--colour'], 2, 'There is no option --colour here'],
    [['--lang', 'fr', 'estate', 'hosts', 'create', '--name', 'x'], 2, 'Il manque : --address'],
    [['--lang', 'fr', 'estate', 'hosts', 'get', 'nobody-called-so'], 2, 'Rien ici ne s’appelle'],
    [['--lang', 'en', 'estate', 'hosts', 'list', '--kind', 'spaceship'], 2, 'is not one of the words'],
    [['--lang', 'en', 'estate', 'hosts', 'list', '--limit', 'many'], 2, '--limit wants a number'],
    [['--lang', 'en', 'estate', 'hosts', 'create', '--input', '{'], 2, '--input is not JSON'],
    [['--lang', 'en', 'estate', 'hosts', 'list', '--limit', '0'], 1, 'limit'],
  ])('answers %j with exit code %i and a sentence', async (words, code, sentence) => {
    const said = await vigie(words, { as: house.tokens.bob });
    expect(said).toMatchObject({ code, out: '' });
    expect(said.told.replaceAll('\u00A0', ' ')).toContain(sentence);
  });

  test('says that Vigie does not answer, or that nobody is signed in', async () => {
    const away = await vigie(['--lang', 'fr', 'now'], { url: 'http://127.0.0.1:9' });
    expect(away.code).toBe(3);
    expect(away.told).toContain('Vigie ne répond pas à http://127.0.0.1:9');
    const nobody = await vigie(['--lang', 'fr', 'now']);
    expect(nobody.code).toBe(4);
    expect(nobody.told).toContain('vigie login');
  });

  test('refuses what the role may not do, with the reason', async () => {
    const said = await vigie(['--lang', 'en', 'estate', 'sites', 'create', '--name', 'Paris'], {
      as: house.tokens.carol,
    });
    expect(said.code).toBe(1);
    expect(said.told).not.toBe('');
  });
});
