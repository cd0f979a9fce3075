import type { z } from 'zod';
import type { FieldFault } from '#contract/refusal.ts';
import type { Language } from '#contract/words.ts';
import { fieldFaultTexts, fieldReasonText } from '#texts/refusal-text.ts';

function sentence(issue: z.core.$ZodIssue, value: unknown, language: Language): string {
  const texts = fieldFaultTexts(language);
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined ? texts.missing : texts.kind(issue.expected);
    case 'too_small':
      if (issue.origin === 'string') return texts.tooShort(Number(issue.minimum));
      return issue.origin === 'array' ? texts.tooFew(Number(issue.minimum)) : texts.tooSmall(String(issue.minimum));
    case 'too_big':
      if (issue.origin === 'string') return texts.tooLong(Number(issue.maximum));
      return issue.origin === 'array' ? texts.tooMany(Number(issue.maximum)) : texts.tooLarge(String(issue.maximum));
    case 'invalid_value':
      return value === undefined ? texts.missing : texts.choice(issue.values.map(String).join(', '));
    case 'invalid_format':
      if (issue.format === 'email') return texts.mail;
      if (issue.format === 'uuid') return texts.uuid;
      return issue.format === 'datetime' ? texts.time : texts.form;
    case 'unrecognized_keys':
      return texts.unknown(issue.keys.join(', '));
    case 'custom':
      return fieldReasonText(String(issue.params?.['reason']), language);
    default:
      return value === undefined ? texts.missing : texts.other;
  }
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) value = value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined;
  return value;
}

/** What a schema found wrong with an input, field by field, in sentences of the reader's language; at most 50. */
export function fieldFaults(issues: readonly z.core.$ZodIssue[], input: unknown, language: Language): FieldFault[] {
  return issues.slice(0, 50).map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: sentence(issue, valueAt(input, issue.path), language),
  }));
}
