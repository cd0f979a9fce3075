import { z } from 'zod';
import { asJsonSchema, type JsonSchema } from '../ui/form/json-schema.ts';

/** A request of the contract, as far as a form needs to know it. */
interface WithInput {
  '~orpc': { inputSchema?: unknown };
}

/**
 * The form of a request, made from the contract itself, so that a form cannot ask for something else than the server.
 * @param without properties that the screen gives by itself, such as the id
 */
export function inputSchemaOf(request: WithInput, without: readonly string[] = []): JsonSchema {
  const schema = request['~orpc'].inputSchema;
  if (!(schema instanceof z.ZodType)) return {};
  const whole = asJsonSchema(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  const properties = Object.entries(whole.properties ?? {}).filter(([name]) => !without.includes(name));
  return { ...whole, properties: Object.fromEntries(properties) };
}
