import type { Language } from '#contract/words.ts';
import { durationText } from '#texts/duration.ts';
import { fieldLabels as fieldsInEnglish } from '#texts/en/labels.ts';
import { valueLabels as valuesInEnglish } from '#texts/en/value-labels.ts';
import { fieldLabels as fieldsInFrench } from '#texts/fr/labels.ts';
import { valueLabels as valuesInFrench } from '#texts/fr/value-labels.ts';
import { choicesOf, isNode, itemsOf, plainNode, type SchemaNode } from './schema-node.ts';

const fieldLabels = { en: fieldsInEnglish, fr: fieldsInFrench };
const valueLabels = { en: valuesInEnglish, fr: valuesInFrench };
const yesNo = { en: ['no', 'yes'], fr: ['non', 'oui'] } as const;

/** What a field is called in the reader's language. */
export function fieldLabel(name: string, language: Language): string {
  const names: Readonly<Record<string, string>> = fieldLabels[language];
  return names[name] ?? name;
}

/** A word of a closed list in the reader's language. */
export function valueLabel(value: string, language: Language): string {
  const words: Readonly<Record<string, string>> = valueLabels[language];
  return words[value] ?? value;
}

/** English has no one way of writing days: there it is the international one, year first, as in logs. */
const momentLocales = { en: 'sv', fr: 'fr' } as const;

function moment(value: string, language: Language): string {
  return new Intl.DateTimeFormat(momentLocales[language], { dateStyle: 'short', timeStyle: 'medium' }).format(
    new Date(value),
  );
}

function numberText(name: string, value: number, language: Language): string {
  if (name.endsWith('Seconds') || name === 'seconds') return durationText(value, language);
  const written = value.toLocaleString(language, { maximumFractionDigits: 2 });
  if (name.endsWith('Ms')) return `${written}\u00A0ms`;
  // A ticket's number is its name, not a quantity.
  return name === 'number' || name === 'ticketNumber' || name === 'sequence' ? String(value) : written;
}

function named(value: SchemaNode): string {
  const first = value['name'] ?? value['title'] ?? value['label'] ?? value['id'];
  return typeof first === 'string' ? first : JSON.stringify(value);
}

/** One value as a person reads it on one line. */
export function cellText(name: string, value: unknown, schema: SchemaNode, language: Language): string {
  const node = plainNode(schema);
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') return yesNo[language][value ? 1 : 0];
  if (typeof value === 'number') return numberText(name, value, language);
  if (typeof value === 'string') {
    if (choicesOf(node).length > 0) return valueLabel(value, language);
    return node['format'] === 'date-time' ? moment(value, language) : value;
  }
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.map((item) => cellText(name, item, itemsOf(node), language)).join(', ');
  }
  return isNode(value) ? named(value) : JSON.stringify(value);
}
