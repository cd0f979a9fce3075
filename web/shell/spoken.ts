import { sentenceOf } from './refusal-sentence.ts';

/** A request whose failure says in the reader's language what to do: for parts that show `error.message` in place. */
export async function spoken<Answer>(request: Promise<Answer>): Promise<Answer> {
  try {
    return await request;
  } catch (error) {
    throw new Error(sentenceOf(error).text, { cause: error });
  }
}
