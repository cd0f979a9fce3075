import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';

/** Names the folder in which statements are gathered for `test/external`; without it none are. */
const folder = process.env['VIGIE_TEST_STATEMENTS'];
const seen = new Set<string>();

/** Statements that differ in nothing but how many values they list are one. */
function shape(text: string): string {
  return text.replaceAll(/\$\d+(?:\s*,\s*\$\d+)*/gu, '$').replaceAll(/\(\$\)(?:,\s*\(\$\))*/gu, '($)');
}

function note(statement: unknown): void {
  const text = typeof statement === 'object' && statement !== null && 'text' in statement ? statement.text : statement;
  if (folder === undefined || typeof text !== 'string' || seen.has(shape(text))) return;
  seen.add(shape(text));
  appendFileSync(path.join(folder, `${process.pid}.jsonl`), `${JSON.stringify(text)}\n`);
}

/** Whatever is asked of PostgreSQL is noted first. The files of a process share one client: it is changed once. */
const noting = Symbol.for('vigie.test.noting');
if (folder !== undefined && !(noting in Client.prototype)) {
  Object.defineProperty(Client.prototype, noting, { value: true });
  const query: unknown = Reflect.get(Client.prototype, 'query');
  if (typeof query !== 'function') throw new Error('pg asks by something else than query');
  const ask = query;
  Reflect.set(Client.prototype, 'query', function notedQuery(this: Client, ...words: unknown[]): unknown {
    note(words[0]);
    const coming: unknown = Reflect.apply(ask, this, words);
    return coming;
  });
}
