import ipaddr from 'ipaddr.js';
import { quoted } from '#probe/mail-connection.ts';
import type { NameQuestions } from '#probe/name-questions.ts';

/** What a list says of an address; `useless` is a list that would say so of everybody or answers nobody. */
export type ListAnswer =
  | { readonly kind: 'listed'; readonly codes: readonly string[]; readonly why: string }
  | { readonly kind: 'clean' }
  | { readonly kind: 'refused'; readonly codes: readonly string[] }
  | { readonly kind: 'unanswered'; readonly code: string };

/** The state of a list itself, by its test points (RFC 5782, 5). */
export type ListState = 'working' | 'listsNothing' | 'listsEverything' | 'refuses' | 'silent';

/** The name under which a list keeps an address (RFC 5782, 2.1 and 2.4); undefined for what is no address. */
export function listedName(address: string, list: string): string | undefined {
  if (!ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  const parts =
    parsed.kind() === 'ipv4'
      ? parsed.toByteArray().map(String)
      : Buffer.from(parsed.toByteArray()).toString('hex').split('');
  return `${parts.toReversed().join('.')}.${list}`;
}

/** Asks one list about one address. */
export async function askList(address: string, list: string, questions: NameQuestions): Promise<ListAnswer> {
  const name = listedName(address, list) ?? '';
  const answer = await questions.addresses(name);
  if (answer.kind === 'failed') return { kind: 'unanswered', code: answer.code };
  if (answer.kind !== 'found') return { kind: 'clean' };
  const codes = answer.values.slice(0, 10);
  if (codes.every((code) => isRefusal(code))) return { kind: 'refused', codes };
  const texts = await questions.texts(name);
  const why = texts.kind === 'found' ? quoted(texts.values[0] ?? '') : '';
  return { kind: 'listed', codes: codes.filter((code) => !isRefusal(code)), why };
}

/**
 * Answers that are none: 127.255.255.x says that the asker may not ask (by a public resolver, or too much), 127.0.0.1 must
 * not be used and is some lists' way of refusing, and anything outside of 127/8 comes from a parked domain or a resolver that
 * invents answers.
 */
function isRefusal(code: string): boolean {
  return !code.startsWith('127.') || code.startsWith('127.255.255.') || code === '127.0.0.1';
}

/** Whether a list works: it has to list 127.0.0.2 and must not list 127.0.0.1. */
export async function testList(list: string, questions: NameQuestions): Promise<ListState> {
  const [must, mustNot] = await Promise.all([
    askList('127.0.0.2', list, questions),
    askList('127.0.0.1', list, questions),
  ]);
  if (must.kind === 'unanswered') return 'silent';
  if (must.kind === 'refused' || mustNot.kind === 'refused') return 'refuses';
  if (mustNot.kind === 'listed') return 'listsEverything';
  return must.kind === 'listed' ? 'working' : 'listsNothing';
}
