import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Client, DatabaseError } from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../database.ts';

/** Where the behaviour tests left what they asked of the bundled PostgreSQL. */
const folder = process.env['VIGIE_TEST_STATEMENTS'];

function gathered(from: string): string[] {
  const lines = readdirSync(from).flatMap((name) => readFileSync(path.join(from, name), 'utf8').split('\n'));
  const texts = lines.filter((line) => line !== '').map((line) => String(JSON.parse(line)));
  return [...new Set(texts)].filter((text) => /^\s*(?:select|with|insert|update|delete|merge|values)\b/iu.test(text));
}

/** What this server says against it; null when nothing. A partition or table of that test's own is no matter of versions. */
async function objection(client: Client, text: string): Promise<string | null> {
  try {
    await client.query(`prepare statement as ${text}`);
    await client.query('deallocate statement');
    return null;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const undefinedTable = error.code === '42P01' && !/"pg_/u.test(error.message);
    return undefinedTable ? null : `${error.message}: ${text.slice(0, 400)}`;
  }
}

test.skipIf(folder === undefined)('every statement that the behaviour tests sent is understood here', async () => {
  await using database = await createTestDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const texts = gathered(folder ?? '');
  const objections: string[] = [];
  for (const text of texts) {
    const said = await objection(client, text);
    if (said !== null) objections.push(said);
  }
  await client.end();
  expect(texts.length).toBeGreaterThan(500);
  expect(objections).toEqual([]);
});
