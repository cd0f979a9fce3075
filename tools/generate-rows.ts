import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client, Pool } from 'pg';
import { migrate } from '../server/platform/migrate.ts';

/**
 * Migrates an empty database and writes db/rows.gen.ts, the types of all its tables and views.
 * Use: node tools/generate-rows.ts <postgres URL>
 */

const url = process.argv[2];
if (url === undefined) throw new Error('say which empty database to use: node tools/generate-rows.ts postgres://…');
const target = fileURLToPath(new URL('../db/rows.gen.ts', import.meta.url));
const generator = fileURLToPath(new URL('../node_modules/.bin/kysely-codegen', import.meta.url));

const pool = new Pool({ connectionString: url });
await migrate(pool);
await pool.end();

const made = spawnSync(
  process.execPath,
  [
    generator,
    '--dialect=postgres',
    `--url=${url}`,
    `--out-file=${target}`,
    '--default-schema=no_default_schema',
    '--exclude-pattern=@(graphile_worker|public).*',
    '--type-mapping={"int8":"number","jsonb":"unknown","json":"unknown","numeric":"number"}',
    '--log-level=error',
  ],
  { stdio: 'inherit' },
);
if (made.status !== 0) process.exit(made.status ?? 1);

// PostgreSQL calls every column of a view nullable. One that is taken as it is from a table is as nullable as there.
const client = new Client({ connectionString: url });
await client.connect();
const { rows } = await client.query<{ schema: string; view: string; column: string }>(`
  select u.view_schema as schema, u.view_name as view, u.column_name as column
  from information_schema.view_column_usage u
  join information_schema.columns t on t.table_schema = u.table_schema and t.table_name = u.table_name and t.column_name = u.column_name
  join information_schema.columns v on v.table_schema = u.view_schema and v.table_name = u.view_name and v.column_name = u.column_name
  where u.view_name like 'pub\\_%'
  group by 1, 2, 3 having bool_and(t.is_nullable = 'NO')`);
await client.end();

const pascal = (name: string): string =>
  name
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
let text = readFileSync(target, 'utf8');
for (const { schema, view, column } of rows) {
  const opening = `export interface ${pascal(schema)}${pascal(view)} {`;
  const from = text.indexOf(opening);
  const to = text.indexOf('}\n', from);
  if (from === -1) continue;
  const body = text.slice(from, to).replace(new RegExp(`(\\n  ${column}: .*) \\| null;`, 'u'), '$1;');
  text = text.slice(0, from) + body + text.slice(to);
}
writeFileSync(target, text);
