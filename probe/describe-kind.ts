import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Language } from '#contract/words.ts';
import type { AnyCheckKind, FieldText } from './check-kind.ts';

/** What a person has to know of a kind to use it. */
export interface KindDescription {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** The manual page, Markdown. */
  readonly manual: string;
  readonly requires: AnyCheckKind['requires'];
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** JSON Schema 2020-12 of the settings; titles and descriptions are in the reader's language. */
  readonly settingsSchema: Record<string, unknown>;
}

const property = z.looseObject({ enum: z.array(z.string()).optional(), maxLength: z.number().optional() });
const document = z.looseObject({ properties: z.record(z.string(), property) });

// From this length on a text is likely to have several lines.
const longText = 2_000;

/** A kind in one language: its words, its manual page, and the schema that its settings form is made from. */
export async function describeKind(kind: AnyCheckKind, language: Language): Promise<KindDescription> {
  const texts = kind.texts[language];
  const { properties, ...schema } = document.parse(z.toJSONSchema(kind.schema, { io: 'input' }));
  const named = Object.entries(properties).map(([name, each]) => [name, nameField(each, texts.fields[name])] as const);
  return {
    name: kind.name,
    title: texts.name,
    summary: texts.description,
    manual: await readFile(new URL(`checks/${kind.name}/manual.${language}.md`, import.meta.url), 'utf8'),
    requires: kind.requires,
    ...kind.defaults,
    settingsSchema: { ...schema, properties: Object.fromEntries(named) },
  };
}

function nameField(each: z.infer<typeof property>, text: FieldText | undefined): Record<string, unknown> {
  const choices = each.enum?.map((value) => ({ const: value, title: text?.options?.[value] ?? value }));
  return {
    ...each,
    title: text?.label ?? '',
    description: text?.help ?? '',
    ...(choices === undefined ? {} : { oneOf: choices }),
    ...((each.maxLength ?? 0) > longText ? { multiline: true } : {}),
  };
}
