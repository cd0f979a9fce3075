import type { Importance } from '#contract/profile.ts';
import type { BulkChange } from '#contract/bulk.ts';
import { settings as settingsWord, type Check } from '#contract/watch.ts';
import { formToValue, numberOf, valueToForm, type Field, type FieldValue } from '#web/ui/form/fields.ts';
import { shownFields } from '#web/ui/form/shown-fields.ts';

/** The settings that were chosen to be changed, by path, as they stand in the form. */
export type ChosenValues = Readonly<Record<string, FieldValue>>;

const mostSeconds = 86_400;

/** Whether a typed interval can be one. */
export function isInterval(typed: string): boolean {
  const seconds = numberOf(typed);
  return seconds >= 1 && seconds <= mostSeconds;
}

/** What stands in the checks now: the one value, or how many there are. */
export function valuesNow(values: readonly unknown[], several: (count: number) => string): string {
  const different = new Set(values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value ?? ''))));
  const [only = ''] = different;
  return different.size > 1 ? several(different.size) : only;
}

/** What a field begins with: what all checks have, or else the usual. */
export function beginWith(field: Field, checks: readonly Check[]): FieldValue {
  const all = new Set(checks.map(({ settings }) => JSON.stringify(settings[field.name])));
  const value = all.size === 1 && field.kind !== 'secret' ? { [field.name]: checks[0]?.settings[field.name] } : {};
  return valueToForm([field], value)[field.path] ?? '';
}

/** The settings that are of use in at least one of the checks, as it would be with what was chosen. */
export function settingsOfUse(
  fields: readonly Field[],
  checks: readonly Check[],
  chosen: ChosenValues,
): readonly Field[] {
  const values = checks.map(({ settings }) => ({ ...valueToForm(fields, settings), ...chosen }));
  const shown = new Set(values.flatMap((each) => shownFields(fields, each)));
  return fields.filter((field) => shown.has(field));
}

/** The change that was filled in; undefined when nothing was. */
export function askedChange(
  interval: string,
  fields: readonly Field[],
  chosen: ChosenValues,
  worth?: Importance,
): Omit<BulkChange, 'id'> | undefined {
  const wanted = fields.filter((field) => Object.hasOwn(chosen, field.path));
  if (interval.trim() === '' && wanted.length === 0 && worth === undefined) return undefined;
  return {
    ...(interval.trim() === '' ? {} : { intervalSeconds: numberOf(interval) }),
    ...(worth === undefined ? {} : { importance: worth }),
    ...(wanted.length === 0 ? {} : { settings: settingsWord.parse(formToValue(wanted, chosen)) }),
  };
}
