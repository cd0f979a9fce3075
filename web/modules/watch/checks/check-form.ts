import { isShown } from '#contract/show-when.ts';
import type { Check } from '#contract/watch.ts';
import { secretMark } from '#contract/words.ts';
import type { FieldText } from '#web/ui/form/field-text.ts';
import type { JsonSchema } from '#web/ui/form/json-schema.ts';
import type { useWatchTexts } from '../watch-texts.ts';

/** Name and interval, which every check has, in front of the kind's own settings. */
export function wholeSchema(own: JsonSchema): JsonSchema {
  return {
    type: 'object',
    required: ['name', 'intervalSeconds'],
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 200 },
      intervalSeconds: { type: 'number', minimum: 1, maximum: 86_400 },
      importance: { type: 'string', enum: ['low', 'normal', 'high'], default: 'normal' },
      settings: { ...own, title: '' },
    },
  };
}

/** A refusal names the kind's fields by themselves; the form holds them under `settings`. */
export function underSettings(errors: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([path, text]) => [
      path === '' ||
      path === 'name' ||
      path === 'intervalSeconds' ||
      path === 'importance' ||
      path.startsWith('settings')
        ? path
        : `settings.${path}`,
      text,
    ]),
  );
}

/** Labels of the fields that every check has; `title` is that of its kind. */
export function checkFieldTexts(texts: ReturnType<typeof useWatchTexts>['settings'], title: string) {
  return {
    name: { label: texts.name },
    intervalSeconds: { label: texts.interval, help: texts.intervalHelp, unit: texts.seconds },
    importance: { label: texts.importance, help: texts.importanceHelp, choices: texts.importances },
    settings: { label: title },
  };
}

/** Composites are made of other checks, chosen by their names. */
export function memberTexts(
  kind: string | undefined,
  checks: readonly Check[],
  texts: ReturnType<typeof useWatchTexts>['members'],
  except?: string,
): Readonly<Record<string, FieldText>> {
  if (kind !== 'composite') return {};
  const others = checks.filter(({ id }) => id !== except);
  const named = others.map(({ id, name, target }) => [id, `${target.name} – ${name}`] as const);
  const sorted = named.toSorted(([, one], [, other]) => one.localeCompare(other));
  return {
    'settings.members': {
      label: texts.field,
      help: texts.fieldHelp,
      weight: texts.weights,
      choices: Object.fromEntries(sorted),
    },
  };
}

/** Paths of the settings whose secret the server holds. */
export function secretsSetIn(settings: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => (value === secretMark ? [`settings.${name}`] : []));
}

/** A form of so many settings is read at a glance; kinds name theirs in the order in which they matter. */
const mostAtFirst = 9;

/**
 * Paths of the settings that a long form shows only on demand: those after the first ones that nobody has to fill in
 * and that stand as they usually do.
 */
export function lateSettings(
  own: JsonSchema,
  usual: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>> = usual,
): string[] {
  const properties = Object.entries(own.properties ?? {});
  // What only another setting brings up stands with that one.
  const brought = properties.filter(([, { showWhen }]) => showWhen !== undefined && !isShown(showWhen, usual));
  const names = Object.keys(own.properties ?? {}).filter((name) => brought.every(([each]) => each !== name));
  if (names.length <= mostAtFirst + 1) return [];
  const last = new Set(names.slice(mostAtFirst));
  for (const [name, { showWhen }] of brought)
    if (Object.keys(showWhen ?? {}).some((each) => last.has(each))) last.add(name);
  return [...last]
    .filter((name) => own.required?.includes(name) !== true || Object.hasOwn(usual, name))
    .filter((name) => JSON.stringify(now[name] ?? usual[name]) === JSON.stringify(usual[name]))
    .map((name) => `settings.${name}`);
}
