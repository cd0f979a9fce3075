import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const counts =
  /^(?:count|total|of|all|done|length|addresses|checks|hosts|lines|days|minutes|least|most|min|max|limit|worked)$/u;

/** What each function of a catalogue says where every count is one, by its path. */
function saidOfOne(part: unknown, path: string): [path: string, said: string][] {
  if (typeof part === 'function') {
    // Names of the parameters: the texts' own, as `count` in `(count) => …`.
    const names = /^\(?(?<names>[^()=]*)\)?\s*=>/u.exec(part.toString())?.groups?.['names'] ?? '';
    const given = names.split(',').map((name) => (counts.test(name.trim()) ? 1 : 'X'));
    if (!given.includes(1)) return [];
    const said: unknown = Reflect.apply(part, undefined, given);
    return typeof said === 'string' ? [[path, said]] : [];
  }
  if (part === null || typeof part !== 'object') return [];
  return Object.entries(part).flatMap(([name, inner]) => saidOfOne(inner, `${path}.${name}`));
}

describe.each(['en', 'fr'])('texts in %s', (language) => {
  const folder = join(import.meta.dirname, '../texts', language);
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));

  it.each(files)('%s says no plural of one thing', async (file) => {
    const catalogue: unknown = await import(join(folder, file));
    // A plural right after a lone 1. `fois` has no other form, and « au moins 1 » is one still.
    const plural = /(?<!\d)1[ \u00A0\u202F](?!fois\b)(?:earlier )?\p{Ll}+s\b/u;
    const wrong = saidOfOne(catalogue, file).filter(([, said]) => plural.test(said));
    expect(wrong).toEqual([]);
  });
});
