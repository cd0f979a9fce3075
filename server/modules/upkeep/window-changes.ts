import { windowFields, type WindowChange } from '#contract/maintenance-window.ts';
import type { NamedThing } from '#contract/words.ts';
import type { StoredWindow } from './store-window.ts';

type FieldChange = WindowChange['fields'][number];
type Field = FieldChange['field'];

function valueOf(window: StoredWindow, field: Field, names: ReadonlyMap<string, NamedThing>): string {
  switch (field) {
    case 'targets':
      return window.targets
        .map(({ id }) => names.get(id)?.name ?? '')
        .toSorted((one, other) => one.localeCompare(other))
        .join(', ');
    case 'tags':
      return window.tags.toSorted().join(', ');
    case 'startsAt':
      return window.startsAt.toISOString();
    case 'lastAt':
      return window.lastAt?.toISOString() ?? '';
    case 'days':
      return window.days.join(',');
    case 'durationMinutes':
      return String(window.durationMinutes);
    default:
      return window[field];
  }
}

/** Which fields of a window are not as they were, told as text; names of things are those of today. */
export function windowChanges(
  before: StoredWindow,
  after: StoredWindow,
  names: ReadonlyMap<string, NamedThing>,
): FieldChange[] {
  return windowFields.flatMap((field) => {
    const change = { field, before: valueOf(before, field, names), after: valueOf(after, field, names) };
    return change.before === change.after ? [] : [change];
  });
}
