import { refusalOf } from '#contract/client.ts';
import { shell as en } from '#texts/en/shell.ts';
import { shell as fr } from '#texts/fr/shell.ts';
import { currentLanguage } from './language.tsx';

/** What a person reads about anything a request threw, with the server's reference when it logged a fault. */
export interface Sentence {
  text: string;
  reference?: string;
  code?: string;
}

/** Turns whatever was thrown into a sentence. A refusal already speaks the reader's language. */
export function sentenceOf(error: unknown): Sentence {
  const texts = currentLanguage() === 'fr' ? fr : en;
  const refusal = refusalOf(error);
  if (refusal !== null) {
    const reference = refusal.data?.reference;
    return { text: refusal.message, code: refusal.code, ...(reference === undefined ? {} : { reference }) };
  }
  // `fetch` throws a TypeError when nothing answered.
  if (error instanceof TypeError) return { text: texts.unreachable };
  return { text: texts.screenFault };
}

/** Whether the address names what cannot be: an id that is none. */
export function isWrongAddress(error: unknown): boolean {
  const refusal = refusalOf(error);
  const fields = refusal?.data?.fields ?? [];
  return refusal?.code === 'bad_input' && fields.length > 0 && fields.every(({ path }) => path === 'id');
}

/** The problems of a form by field; the empty path holds what concerns the whole. */
export function formErrorsOf(error: unknown): Record<string, string> {
  if (error === null || error === undefined) return {};
  const fields = refusalOf(error)?.data?.fields ?? [];
  if (fields.length === 0) return { '': sentenceOf(error).text };
  return Object.fromEntries(fields.map((field) => [field.path, field.message]));
}
