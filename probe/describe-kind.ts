import { z } from 'zod';
import type { Language } from '#contract/words.ts';
import type { AnyCheckKind } from './check-kind.ts';

/** One field of a settings form, ready to be shown. */
export interface SettingsField {
  readonly name: string;
  readonly type: 'text' | 'integer' | 'number' | 'boolean' | 'choice';
  readonly label: string;
  readonly help: string;
  readonly default: string | number | boolean | null;
  /** True when the field may be left empty (a number that is not set). */
  readonly nullable: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}

/** What a person has to know of a kind to use it. */
export interface KindDescription {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly requires: 'network' | 'ssh' | 'local';
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly fields: readonly SettingsField[];
}

// The part of JSON Schema that settings use.
const property = z.object({
  /** Two types mean that the value may be null. */
  type: z.union([z.string(), z.array(z.string())]),
  enum: z.array(z.string()).optional(),
  default: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
  pattern: z.string().optional(),
});
const document = z.object({ properties: z.record(z.string(), property) });

/** The form of a kind in one language, made from its schema and its texts. */
export function describeKind(kind: AnyCheckKind, language: Language): KindDescription {
  const texts = kind.texts[language];
  const { properties } = document.parse(z.toJSONSchema(kind.schema, { io: 'input' }));
  return {
    name: kind.name,
    title: texts.name,
    summary: texts.description,
    requires: kind.requires,
    ...kind.defaults,
    fields: Object.entries(properties).map(([name, each]) => describeField(name, each, texts.fields[name])),
  };
}

function describeField(
  name: string,
  each: z.infer<typeof property>,
  text: AnyCheckKind['texts']['en']['fields'][string] | undefined,
): SettingsField {
  const types = [each.type].flat();
  const nullable = types.includes('null');
  const type = types.find((one) => one !== 'null');
  return {
    name,
    type: each.enum !== undefined ? 'choice' : fieldType(type),
    label: text?.label ?? name,
    help: text?.help ?? '',
    default: each.default,
    nullable,
    ...(each.minimum === undefined ? {} : { min: each.minimum }),
    ...(each.maximum === undefined ? {} : { max: each.maximum }),
    ...(each.maxLength === undefined ? {} : { maxLength: each.maxLength }),
    ...(each.pattern === undefined ? {} : { pattern: each.pattern }),
    ...(each.enum === undefined
      ? {}
      : { options: each.enum.map((value) => ({ value, label: text?.options?.[value] ?? value })) }),
  };
}

function fieldType(type: string | undefined): 'text' | 'integer' | 'number' | 'boolean' {
  return type === 'integer' || type === 'number' || type === 'boolean' ? type : 'text';
}
