import { isShown } from '#contract/show-when.ts';
import { linesOf, numberOf, type Field, type FieldValue, type FormValues } from './fields.ts';

/** What a field holds, as conditions look at it; half-typed values count as what they are so far. */
function heldBy(field: Field, value: FieldValue | undefined): unknown {
  // Dots stand for a secret that the server holds.
  if (value === null) return field.kind === 'secret' ? 'kept' : '';
  if (typeof value !== 'string') return value;
  if (field.kind === 'list') return linesOf(value);
  const isNumber = field.kind === 'number' || field.kind === 'integer';
  return isNumber && value.trim() !== '' ? numberOf(value) : value;
}

/** Those of the fields of one object that are of use beside what the others hold. */
export function shownFields(fields: readonly Field[], values: FormValues): readonly Field[] {
  if (fields.every(({ schema }) => schema.showWhen === undefined)) return fields;
  const held = Object.fromEntries(fields.map((field) => [field.name, heldBy(field, values[field.path])]));
  return fields.filter(({ schema }) => isShown(schema.showWhen, held));
}
