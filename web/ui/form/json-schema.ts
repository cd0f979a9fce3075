import type { ShowWhen } from '#contract/show-when.ts';

/**
 * The part of JSON Schema (draft 2020-12) that forms understand: what `z.toJSONSchema` writes for settings.
 * `secret` is the house's own mark for values that are never shown again; `multiline` asks for a tall field.
 */
export interface JsonSchema {
  type?: string | readonly string[];
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  items?: JsonSchema | boolean;
  additionalProperties?: JsonSchema | boolean;
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly JsonSchema[];
  oneOf?: readonly JsonSchema[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  pattern?: string;
  format?: string;
  title?: string;
  description?: string;
  secret?: boolean;
  multiline?: boolean;
  /** The house's own: when the field is of use beside the others of the same object; otherwise it is neither shown nor asked for. */
  showWhen?: ShowWhen;
}

/** Takes an unknown object, such as a kind's `settingsSchema`, for a JSON Schema; what forms cannot read they show as JSON. */
export function asJsonSchema(value: unknown): JsonSchema {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
