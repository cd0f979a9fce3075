import { z } from 'zod';

/** A request of the contract with the words that it takes. */
interface WithInput<Input extends z.ZodType> {
  '~orpc': { inputSchema?: Input | undefined };
}

/**
 * What a form holds, as the request takes it; typed by the contract. Throws when they differ, which is a mistake in the
 * screen: the form was made from the same schema.
 */
export function inputOf<Input extends z.ZodType>(request: WithInput<Input>, value: unknown): z.output<Input> {
  const schema = request['~orpc'].inputSchema;
  if (schema === undefined) throw new Error('this request takes no input');
  return schema.parse(value);
}
