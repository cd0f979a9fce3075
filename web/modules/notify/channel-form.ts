import { z } from 'zod';
import { priority } from '#contract/desk.ts';
import type { Channel, ChannelKind } from '#contract/notify.ts';
import { language, secretMark } from '#contract/words.ts';
import { asJsonSchema, type JsonSchema } from '#web/ui/form/json-schema.ts';
import type { useNotifyTexts } from './notify-texts.ts';

const minutes = { type: 'integer', minimum: 0, maximum: 1_440 } as const;

/** What every channel has, around its kind's own settings. */
export function channelSchema(kind: ChannelKind): JsonSchema {
  return {
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 100 },
      settings: { ...asJsonSchema(kind.settingsSchema), title: '' },
      language: { type: 'string', enum: language.options },
      everything: { type: 'boolean', default: true },
      from: { type: 'string', enum: priority.options, default: 'low' },
      reminderMinutes: { ...minutes, default: 30 },
      afterMinutes: { ...minutes, default: 0 },
      ...(kind.digests
        ? {
            stormNotices: { type: 'integer', minimum: 1, maximum: 1_000, default: 6 },
            stormMinutes: { ...minutes, minimum: 1, default: 5 },
          }
        : {}),
    },
    required: ['name', 'settings', 'language', 'from', 'reminderMinutes', 'afterMinutes'],
  };
}

/** Shown only on demand. */
export const rareFields = ['afterMinutes', 'stormNotices', 'stormMinutes'];

type Texts = ReturnType<typeof useNotifyTexts>;

export function channelFieldTexts({ form, languages, priorities }: Texts) {
  return {
    name: { label: form.name, help: form.nameHelp },
    settings: { label: form.settings },
    language: { label: form.language, choices: languages },
    everything: { label: form.everything, help: form.everythingHelp },
    from: { label: form.from, help: form.fromHelp, choices: priorities },
    reminderMinutes: { label: form.reminder, help: form.reminderHelp, unit: form.minutes },
    afterMinutes: { label: form.after, help: form.afterHelp, unit: form.minutes },
    stormNotices: { label: form.stormNotices, help: form.stormHelp },
    stormMinutes: { label: form.stormMinutes, unit: form.minutes },
  };
}

/** What the form holds, as a request wants it. */
export const typedChannel = z.object({
  name: z.string(),
  settings: z.record(z.string(), z.unknown()).default({}),
  language,
  everything: z.boolean().default(false),
  from: priority,
  reminderMinutes: z.number(),
  afterMinutes: z.number().default(0),
  stormNotices: z.number().default(6),
  stormMinutes: z.number().default(5),
});

/** Paths of the settings whose secret the server holds. */
export function secretsSetIn({ settings }: Channel): string[] {
  return Object.entries(settings).flatMap(([name, value]) => (value === secretMark ? [`settings.${name}`] : []));
}
