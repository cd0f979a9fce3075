import { z } from 'zod';

/**
 * Words shared by all modules' contracts. Everything has a bound: a length, a range or a count.
 */

/** Time-ordered unique id (UUID version 7, RFC 9562) written in lower case. */
export const id = z.uuid();

/** The languages of the product. */
export const language = z.enum(['en', 'fr']);
export type Language = z.infer<typeof language>;

/** A moment, ISO 8601 with an offset, as JSON carries it. */
export const time = z.iso.datetime({ offset: true });

// PostgreSQL's text cannot hold U+0000, and a lone surrogate is no character: both are refused at the door.
const storable = (value: string): boolean => !value.includes('\u0000') && value.isWellFormed();

// What is pasted from elsewhere may bring signs that steer a terminal or turn the writing around: U+202E makes a name
// read as another. They are left out, since whoever pastes does not see them.
const unseen = /[^\P{Cc}\0\t\n\r\u0085]|[\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Text on one line: trimmed, not empty, without line breaks, and without signs that one cannot see. */
export function line(maxLength = 200) {
  return z
    .string()
    .overwrite((value) => value.replaceAll(unseen, ''))
    .trim()
    .min(1)
    .max(maxLength)
    .refine((value) => storable(value) && !/[\r\n\u2028\u2029]/u.test(value), { params: { reason: 'one_line' } });
}

/** Text of several lines as people type it; may be empty. */
export function text(maxLength = 20_000) {
  return z
    .string()
    .max(maxLength)
    .refine(storable, { params: { reason: 'storable' } });
}

/** What a list request may say: how many, and from where (the `next` of the page before). */
export const page = {
  limit: z.coerce.number().int().min(1).max(500).default(100),
  after: z.string().max(200).refine(storable).optional(),
};

/** A page of a list: `next` goes back as `after`; null means that this was the last page. `total` counts all that match. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable(), total: z.number().int() });
}

/** A text in each language. */
export const inBoth = z.object({ en: z.string(), fr: z.string() });
export type InBoth = z.infer<typeof inBoth>;

/** A reference to something of the estate. */
export const thingKind = z.enum(['site', 'host', 'service']);
export const thingRef = z.object({ kind: thingKind, id });
export type ThingRef = z.infer<typeof thingRef>;
/** The same with its name, for screens. */
export const namedThing = thingRef.extend({ name: z.string() });
export type NamedThing = z.infer<typeof namedThing>;

/** Who did something: a person, the product itself, or somebody outside. */
export const doer = z.object({ kind: z.enum(['person', 'vigie', 'outside']), id: id.nullable(), name: z.string() });
export type Doer = z.infer<typeof doer>;

export const nothing = z.object({});

/** Told in place of a secret that is set; sent back, it means "keep the one there is". */
export const secretMark = '••••••••';
