import { z } from 'zod';
import type { ChannelKind, ChannelKindName } from '#contract/notify.ts';
import type { Language } from '#contract/words.ts';
import type { FieldReason } from '#texts/refusal-text.ts';
import { secretFields } from '#probe/secret-text.ts';
import type { Reading, ServiceRequest } from './ask-service.ts';
import type { Notice } from './notice.ts';
import type { Phase } from './phase.ts';
import type { Outcome, Receipt } from './retry.ts';
import type { MailServerAccess } from './send-mail.ts';
import { webhookUrl } from './webhook-destination.ts';
import type { Wording } from './wording.ts';

/** A notice as a channel sends it: worded in its language. */
export interface Message {
  /** The delivery's id: the same when it is sent again after a crash. */
  readonly id: string;
  readonly at: Date;
  readonly language: Language;
  readonly notice: Notice;
  readonly wording: Wording;
  readonly phase: Phase;
  readonly priority: 'low' | 'normal' | 'high' | 'critical';
  /** The same for all that is told of one incident; null for what stands alone. */
  readonly thread: string | null;
  /** What the service gave for the opening of that incident. */
  readonly receipt: Receipt | null;
}

/** What a kind sends with. */
export interface Means {
  readonly ask: (asked: ServiceRequest, reading?: Reading) => Promise<Outcome>;
  /** The mail server with its password; null while none is set. */
  readonly mailServer: () => Promise<MailServerAccess | null>;
  readonly signal: AbortSignal;
}

interface FieldText {
  readonly label: string;
  readonly help?: string;
  readonly options?: Readonly<Record<string, string>>;
}

interface KindTexts<Settings> {
  readonly title: string;
  readonly summary: string;
  readonly fields: { readonly [Field in keyof Settings]: FieldText };
}

interface KindShape<Settings extends Record<string, unknown>> {
  readonly name: ChannelKindName;
  readonly settings: z.ZodType<Settings>;
  readonly texts: Readonly<Record<Language, KindTexts<Settings>>>;
  /** Web addresses among the settings: each is judged before it is stored. */
  readonly urls?: readonly (keyof Settings & string)[];
  /** Settings that must not be empty, or one of which must not. */
  readonly needs?: readonly (readonly (keyof Settings & string)[])[];
  /** False where it runs a program or may be aimed at anything: an administrator's to make. */
  readonly forEverybody: boolean;
  /** False where the service keeps a state for each incident: it needs to be told of each. */
  readonly digests: boolean;
  /** True where the service is told that somebody took the incident. */
  readonly tellsTaking?: boolean;
  /** Where it leads, as it may be shown. */
  readonly shown: (settings: Settings) => string;
  readonly send: (settings: Settings, message: Message, means: Means) => Promise<Outcome>;
}

/** What is wrong with a field, as the refusal's field reasons name it. */
export interface SettingsFault {
  readonly path: string;
  readonly reason: FieldReason;
}

/** A kind whose own types are hidden, so that all fit in one table. */
export interface AnyChannelKind {
  readonly name: ChannelKindName;
  readonly forEverybody: boolean;
  readonly digests: boolean;
  readonly tellsTaking: boolean;
  readonly secrets: readonly string[];
  /** Settings that say where its secrets are sent. */
  readonly places: readonly string[];
  /** The settings completed by their defaults, or what is wrong with them. */
  readonly read: (
    settings: unknown,
  ) => { readonly settings: Record<string, unknown> } | { readonly faults: readonly SettingsFault[] };
  /** The web addresses among the settings. */
  readonly urlsOf: (settings: Record<string, unknown>) => readonly URL[];
  readonly shown: (settings: Record<string, unknown>) => string;
  readonly send: (settings: Record<string, unknown>, message: Message, means: Means) => Promise<Outcome>;
  readonly describe: (language: Language) => ChannelKind;
}

const property = z.looseObject({
  enum: z.array(z.string()).optional(),
  maxLength: z.number().optional(),
  writeOnly: z.boolean().optional(),
});
const document = z.looseObject({ properties: z.record(z.string(), property) });
// From this length on a text is likely to have several lines.
const longText = 2_001;

function described<Settings extends Record<string, unknown>>(
  kind: KindShape<Settings>,
  language: Language,
): ChannelKind {
  const { title, summary, fields } = kind.texts[language];
  const texts: Readonly<Record<string, FieldText | undefined>> = fields;
  const { properties, ...schema } = document.parse(z.toJSONSchema(kind.settings, { io: 'input' }));
  const named = Object.entries(properties).map(([name, each]): [string, unknown] => {
    const text = texts[name];
    const choices = each.enum?.map((value) => ({ const: value, title: text?.options?.[value] ?? value }));
    return [
      name,
      {
        ...each,
        title: text?.label ?? '',
        description: text?.help ?? '',
        ...(choices === undefined ? {} : { oneOf: choices }),
        ...(each.writeOnly === true ? { secret: true } : {}),
        ...((each.maxLength ?? 0) >= longText ? { multiline: true } : {}),
      },
    ];
  });
  return {
    name: kind.name,
    title,
    summary,
    settingsSchema: { ...schema, properties: Object.fromEntries(named) },
    forEverybody: kind.forEverybody,
    digests: kind.digests,
  };
}

function faultsOf<Settings extends Record<string, unknown>>(
  kind: KindShape<Settings>,
  settings: Settings,
): SettingsFault[] {
  const empty = (name: keyof Settings): boolean => settings[name] === '';
  return [
    ...(kind.needs ?? [])
      .filter((names) => names.every(empty))
      .map(([path = '']) => ({ path, reason: 'missing' as const })),
    ...(kind.urls ?? [])
      .filter((name) => !empty(name) && webhookUrl(String(settings[name])) === null)
      .map((path) => ({ path, reason: 'web_address' as const })),
  ];
}

function reasonOf(issue: z.core.$ZodIssue): FieldReason {
  if (issue.code === 'invalid_format' && issue.format === 'email') return 'mail_address';
  return issue.code === 'invalid_type' && issue.input === undefined ? 'missing' : 'form';
}

/** Puts a kind of channel into the form that all kinds share. */
export function defineChannelKind<Settings extends Record<string, unknown>>(kind: KindShape<Settings>): AnyChannelKind {
  return {
    name: kind.name,
    forEverybody: kind.forEverybody,
    digests: kind.digests,
    tellsTaking: kind.tellsTaking ?? false,
    secrets: secretFields(kind.settings),
    places: kind.urls ?? [],
    read(given) {
      const read = kind.settings.safeParse(given);
      if (!read.success)
        return {
          faults: read.error.issues.map((issue) => ({
            path: issue.path.map(String).join('.'),
            reason: reasonOf(issue),
          })),
        };
      const faults = faultsOf(kind, read.data);
      return faults.length > 0 ? { faults } : { settings: read.data };
    },
    urlsOf(given) {
      const settings = kind.settings.parse(given);
      return (kind.urls ?? []).map((name) => webhookUrl(String(settings[name]))).filter((url) => url !== null);
    },
    shown: (given) => kind.shown(kind.settings.parse(given)),
    send: (given, message, means) => kind.send(kind.settings.parse(given), message, means),
    describe: (language) => described(kind, language),
  };
}
