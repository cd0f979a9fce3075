import { z } from 'zod';
import { isShown, showWhen, type ShowWhen } from '#contract/show-when.ts';

/**
 * A settings field that is of use only when others of the same kind say so. Forms leave it out otherwise, and a run takes
 * its default whatever is stored in it. JSON Schema: `showWhen`.
 */
export function onlyWhen<Field extends z.ZodType>(field: Field, when: ShowWhen): Field {
  return field.meta({ showWhen: when });
}

const conditional = z.looseObject({
  properties: z.record(z.string(), z.looseObject({ showWhen: showWhen.optional() })).default({}),
});

/** The settings of a schema that are not always of use, with when they are. */
export function conditionsOf(schema: z.ZodType): ReadonlyMap<string, ShowWhen> {
  const { properties } = conditional.parse(z.toJSONSchema(schema, { io: 'input' }));
  return new Map(
    Object.entries(properties).flatMap(([name, { showWhen: when }]) => (when === undefined ? [] : [[name, when]])),
  );
}

/** The settings with the default in every one that is of no use beside the others; the same object where none changes. */
export function withoutIdle<Settings extends Readonly<Record<string, unknown>>>(
  settings: Settings,
  defaults: Settings,
  conditions: ReadonlyMap<string, ShowWhen>,
): Settings {
  const idle = [...conditions].filter(([name, when]) => name in settings && !isShown(when, settings));
  const changed = idle.filter(([name]) => JSON.stringify(settings[name]) !== JSON.stringify(defaults[name]));
  if (changed.length === 0) return settings;
  return { ...settings, ...Object.fromEntries(changed.map(([name]) => [name, defaults[name]])) };
}

/** The settings without what is wrong in those that are of no use beside the others: nobody is asked to mend what nobody sees. */
export function forgiveIdle(settings: unknown, schema: z.ZodType, conditions: ReadonlyMap<string, ShowWhen>): unknown {
  if (conditions.size === 0 || !isRecord(settings)) return settings;
  const { error } = schema.safeParse(settings);
  if (error === undefined) return settings;
  const wrong = new Set(error.issues.map(({ path }) => path[0]));
  const usual = schema.safeParse({}).data;
  const whole = { ...(isRecord(usual) ? usual : {}), ...settings };
  const forgiven = [...conditions].filter(([name, when]) => wrong.has(name) && !isShown(when, whole));
  if (forgiven.length === 0) return settings;
  const names = new Set(forgiven.map(([name]) => name));
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !names.has(name)));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
