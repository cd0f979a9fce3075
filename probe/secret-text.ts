import { z } from 'zod';

/**
 * A settings field that holds a secret: a password, a token, a community. The kind gets it in clear; it is stored sealed
 * and never told again. JSON Schema: `writeOnly`, and `secret` for forms. At the top of the settings only, not inside lists.
 */
export function secretText(maxLength: number): z.ZodDefault<z.ZodString> {
  return z.string().max(maxLength).default('').meta({ secret: true, writeOnly: true });
}

const secretProperties = z.looseObject({
  properties: z.record(z.string(), z.looseObject({ writeOnly: z.boolean().optional() })).default({}),
});

/** The names of the settings that are secrets. */
export function secretFields(schema: z.ZodType): readonly string[] {
  const { properties } = secretProperties.parse(z.toJSONSchema(schema, { io: 'input' }));
  return Object.entries(properties).flatMap(([name, { writeOnly }]) => (writeOnly === true ? [name] : []));
}
