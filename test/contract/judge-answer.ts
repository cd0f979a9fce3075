import { refusalBody, refusals, type RefusalCode } from '#contract/refusal.ts';
import type { Language } from '#contract/words.ts';
import { refusalText } from '#texts/refusal-text.ts';
import type { Answer } from './ask.ts';
import type { Procedure } from './procedures.ts';

/** Words of the inside: of the runtime, the database, its driver. */
const inner =
  /\bat\s+\S+\s+\(|node_modules|\.ts:\d|\bselect\b.+\bfrom\b|insert into|duplicate key|violates|syntax error|invalid input syntax|out of range for type|ECONN|TypeError|RangeError|kysely|\bat position \d/iu;
/** What no answer may hold: stored hashes and keys. */
const sealed = /\$argon2|PRIVATE KEY/u;
const shortest = 10;
/** Refusals whose sentence begins with fixed words, so that its language can be told. */
const plain: ReadonlySet<string> = new Set<RefusalCode>([
  'bad_input',
  'not_found',
  'forbidden',
  'signed_out',
  'not_json',
]);

function isCode(code: string): code is RefusalCode {
  return code in refusals;
}

function beginning(code: RefusalCode, language: Language): string {
  return refusalText(code, {}, language).slice(0, 20);
}

/** The code of a refusal; null when the answer is none. */
export function refusalCode(answer: Answer): string | null {
  if (!answer.contentType.startsWith('application/json')) return null;
  const parsed = refusalBody.safeParse(JSON.parse(answer.text));
  return parsed.success ? parsed.data.code : null;
}

function faultsOfRefusal(answer: Answer, procedure: Procedure, language: Language): string[] {
  if (!answer.contentType.startsWith('application/json')) return [`is ${answer.contentType}, not JSON`];
  const parsed = refusalBody.safeParse(JSON.parse(answer.text));
  if (!parsed.success) return ['is no refusal'];
  const { code, status, message, data } = parsed.data;
  if (!isCode(code)) return [`refuses with ${code}, which is not on the list`];
  const faults: string[] = [];
  if (status !== answer.status) faults.push(`says ${status} in its body`);
  if (status >= 500 && !procedure.refusals.includes(code)) faults.push('is a fault of the server');
  if (inner.test(answer.text)) faults.push('shows the inside');
  if (message.trim().length < shortest) faults.push('has no sentence');
  if (plain.has(code) && !message.startsWith(beginning(code, language))) faults.push(`is not in ${language}`);
  if (data?.fields?.some((field) => field.message.trim() === '') === true)
    faults.push('names a field without a sentence');
  return faults;
}

/**
 * What is wrong with an answer, whoever asked for whatever: nothing may be a fault of the server, show the inside or a
 * secret, or refuse without a sentence in the reader's language. Empty when all is well.
 */
export function faultsOf(
  answer: Answer,
  procedure: Procedure,
  { language, secrets }: { readonly language: Language; readonly secrets: readonly string[] },
): string[] {
  const faults = answer.status < 400 ? [] : faultsOfRefusal(answer, procedure, language);
  if (sealed.test(answer.text) || secrets.some((secret) => answer.text.includes(secret))) faults.push('shows a secret');
  return faults.map((fault) => `${procedure.name} ${fault}: ${answer.status} ${answer.text.slice(0, 400)}`);
}
