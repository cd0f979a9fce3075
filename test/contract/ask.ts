import type { Language } from '#contract/words.ts';
import type { Procedure } from './procedures.ts';

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

interface Asked {
  readonly url: string;
  readonly token?: string | undefined;
  readonly language?: Language;
  /** Sent as it is instead of JSON made of the input. */
  readonly raw?: { readonly contentType: string | null; readonly body: string };
}

function encoded(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  // A lone surrogate cannot be written in UTF-8; a hostile client sends its bytes all the same (WTF-8).
  return text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80';
}

function flat(value: unknown, name: string, depth = 0): string[] {
  if (value === undefined) return [];
  if (value === null || typeof value !== 'object' || depth > 40) return [`${name}=${encoded(value)}`];
  const inner: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return inner.slice(0, 200).flatMap(([key, part]) => flat(part, `${name}[${encoded(String(key))}]`, depth + 1));
}

const longestQuery = 12_000;

/** Sends a request of the contract with any input at all, as raw HTTP: nothing is checked on this side. */
export async function ask(procedure: Procedure, input: unknown, asked: Asked): Promise<Answer> {
  const fields = new Map<string, unknown>(input !== null && typeof input === 'object' ? Object.entries(input) : []);
  const path = procedure.path.replaceAll(/\{(?<name>\w+)\}/gu, (_whole, name: string) => {
    // Longer or undecodable ones meet no route: that is a case of its own.
    const value = encoded(fields.get(name)).replaceAll('%ED%A0%80', '%EF%BF%BD').slice(0, 450).replace(/%.?$/u, '');
    fields.delete(name);
    return value === '' ? '-' : value;
  });
  const inQuery = procedure.method === 'GET';
  const query = inQuery
    ? [...fields]
        .flatMap(([name, value]) => flat(value, encoded(name)))
        .join('&')
        .slice(0, longestQuery)
    : '';
  const wholeBody =
    fields.size === 0 && (input === null || typeof input !== 'object') ? input : Object.fromEntries(fields);
  const body = asked.raw?.body ?? JSON.stringify(wholeBody);
  const contentType = asked.raw === undefined ? 'application/json' : asked.raw.contentType;
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), 30_000);
  try {
    const answer = await fetch(`${asked.url}/api${path}${query === '' ? '' : `?${query}`}`, {
      method: procedure.method,
      headers: {
        'accept-language': asked.language ?? 'en',
        ...(asked.token === undefined ? {} : { authorization: `Bearer ${asked.token}` }),
        ...(inQuery || contentType === null ? {} : { 'content-type': contentType }),
      },
      ...(inQuery || body === undefined ? {} : { body: Buffer.from(body) }),
      signal: ending.signal,
    });
    const type = answer.headers.get('content-type') ?? '';
    if (type.startsWith('text/event-stream')) {
      await answer.body?.cancel();
      return { status: answer.status, contentType: type, text: '' };
    }
    return { status: answer.status, contentType: type, text: await answer.text() };
  } finally {
    clearTimeout(timer);
  }
}
