import { mailboxSettings, type Mailbox, type MailboxSettings } from '#contract/desk-mail-words.ts';
import { secretMark } from '#contract/words.ts';
import type { FieldText } from '#web/ui/form/field-text.ts';
import type { JsonSchema } from '#web/ui/form/json-schema.ts';
import type { useMailTexts } from './mail-texts.ts';

const used = { used: ['yes'] } as const;
const onOff = { type: 'string', enum: ['yes', 'no'] } as const;
const port = { type: 'integer', minimum: 1, maximum: 65_535, showWhen: used } as const;
const line = (maxLength: number): JsonSchema => ({ type: 'string', maxLength, showWhen: used });
const password: JsonSchema = {
  type: 'string',
  maxLength: 4_000,
  secret: true,
  showWhen: { used: ['yes'], signIn: ['password'] },
};
const signIn: JsonSchema = { type: 'string', enum: ['password', 'oauth'], default: 'password', showWhen: used };
const caPem: JsonSchema = { type: 'string', maxLength: 20_000, multiline: true, showWhen: used };

const incoming: JsonSchema = {
  type: 'object',
  properties: {
    used: { ...onOff, default: 'yes' },
    host: { ...line(253), minLength: 1 },
    port: { ...port, default: 993 },
    security: { type: 'string', enum: ['tls', 'starttls'], default: 'tls', showWhen: used },
    user: { ...line(254), minLength: 1 },
    signIn,
    password,
    folder: { ...line(200), default: 'INBOX' },
    doneFolder: line(200),
    pollMinutes: { type: 'integer', minimum: 1, maximum: 60, default: 5, showWhen: used },
    caPem,
  },
  required: ['used', 'host', 'port', 'security', 'user', 'signIn'],
};

const outgoing: JsonSchema = {
  type: 'object',
  properties: {
    used: { ...onOff, default: 'yes' },
    host: { ...line(253), minLength: 1 },
    port: { ...port, default: 587 },
    security: { type: 'string', enum: ['starttls', 'tls', 'none'], default: 'starttls', showWhen: used },
    user: line(254),
    signIn,
    password,
    caPem,
  },
  required: ['used', 'host', 'port', 'security', 'signIn'],
};

const oauth: JsonSchema = {
  type: 'object',
  properties: {
    used: { ...onOff, default: 'no' },
    provider: { type: 'string', enum: ['microsoft', 'google'], default: 'microsoft', showWhen: used },
    tenant: {
      type: 'string',
      maxLength: 100,
      default: 'common',
      showWhen: { used: ['yes'], provider: ['microsoft'] },
    },
    clientId: { ...line(300), minLength: 1 },
    clientSecret: { type: 'string', maxLength: 4_000, secret: true, showWhen: used },
    refreshToken: { type: 'string', maxLength: 4_000, secret: true, showWhen: used },
  },
  required: ['used', 'provider', 'clientId'],
};

export const mailboxSchema: JsonSchema = {
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 120 },
    address: { type: 'string', maxLength: 254, format: 'email' },
    active: { type: 'boolean', default: true },
    isDefault: { type: 'boolean', default: false },
    language: { type: 'string', enum: ['en', 'fr'], default: 'fr' },
    ticketKind: { type: 'string', enum: ['request', 'incident'], default: 'request' },
    teamId: { type: 'string' },
    categoryId: { type: 'string' },
    confirms: { type: 'boolean', default: true },
    reopenDays: { type: 'integer', minimum: 0, maximum: 3_650, default: 14 },
    satisfactionHours: { type: 'integer', minimum: 0, maximum: 720 },
    authservId: { type: 'string', maxLength: 253 },
    ownReceived: { type: 'integer', minimum: 1, maximum: 5, default: 1 },
    incoming,
    outgoing,
    oauth,
  },
  required: ['name', 'address', 'language', 'ticketKind'],
};

export const rareMailboxFields = [
  'authservId',
  'ownReceived',
  'incoming.caPem',
  'outgoing.caPem',
  'incoming.doneFolder',
];

/** Names that a mailbox's fields choose from. */
interface Choices {
  readonly yesNo: { yes: string; no: string };
  readonly teams: Readonly<Record<string, string>>;
  readonly categories: Readonly<Record<string, string>>;
}

export function mailboxFieldTexts(
  { mailbox, rules }: ReturnType<typeof useMailTexts>,
  { yesNo, teams, categories }: Choices,
) {
  const { fields, securities, signIns, providers, ticketKinds, languages } = mailbox;
  const way = (name: 'incoming' | 'outgoing'): Record<string, FieldText> => ({
    [name]: { label: fields[name] },
    [`${name}.used`]: { label: fields.used, choices: yesNo },
    [`${name}.host`]: {
      label: fields.host,
      placeholder: name === 'incoming' ? 'imap.example.org' : 'smtp.example.org',
    },
    [`${name}.port`]: { label: fields.port },
    [`${name}.security`]: { label: fields.security, choices: securities },
    [`${name}.user`]: { label: fields.user },
    [`${name}.signIn`]: { label: fields.signIn, choices: signIns },
    [`${name}.password`]: { label: fields.password },
    [`${name}.caPem`]: { label: fields.ca },
  });
  return {
    name: { label: fields.name, help: fields.nameHelp },
    address: { label: fields.address, placeholder: 'support@example.org' },
    active: { label: fields.active },
    isDefault: { label: fields.isDefault, help: fields.isDefaultHelp },
    language: { label: fields.language, help: fields.languageHelp, choices: languages },
    ticketKind: { label: fields.ticketKind, choices: ticketKinds },
    teamId: { label: rules.team, choices: teams },
    categoryId: { label: rules.category, choices: categories },
    confirms: { label: fields.confirms, help: fields.confirmsHelp },
    reopenDays: { label: fields.reopenDays, help: fields.reopenHelp, unit: fields.days },
    satisfactionHours: { label: fields.satisfaction, help: fields.satisfactionHelp, unit: fields.hours },
    authservId: { label: fields.authservId, help: fields.authservHelp, placeholder: 'mx.example.org' },
    ownReceived: { label: fields.ownReceived },
    ...way('incoming'),
    'incoming.folder': { label: fields.folder },
    'incoming.doneFolder': { label: fields.doneFolder, help: fields.doneHelp },
    'incoming.pollMinutes': { label: fields.poll, help: fields.pollHelp, unit: fields.minutes },
    ...way('outgoing'),
    oauth: { label: fields.oauth },
    'oauth.used': { label: fields.used, choices: yesNo },
    'oauth.provider': { label: fields.provider, choices: providers },
    'oauth.tenant': { label: fields.tenant },
    'oauth.clientId': { label: fields.clientId },
    'oauth.clientSecret': { label: fields.clientSecret },
    'oauth.refreshToken': { label: fields.refreshToken, help: fields.refreshHelp },
  };
}

const ways = ['incoming', 'outgoing', 'oauth'] as const;

/** What the form shows of a mailbox. */
export function shownMailbox(mailbox: Mailbox): Record<string, unknown> {
  const part = (name: (typeof ways)[number]): Record<string, unknown> => {
    const value = mailbox[name];
    return value === null ? { used: 'no' } : { ...value, used: 'yes' };
  };
  const { satisfactionHours, ...rest } = mailbox;
  const shown = { incoming: part('incoming'), outgoing: part('outgoing'), oauth: part('oauth') };
  return { ...rest, ...(satisfactionHours === null ? {} : { satisfactionHours }), ...shown };
}

/** Paths of the secrets that the server holds. */
export function mailboxSecrets(mailbox: Mailbox): string[] {
  const found: string[] = [];
  if (mailbox.incoming?.password === secretMark) found.push('incoming.password');
  if (mailbox.outgoing?.password === secretMark) found.push('outgoing.password');
  if (mailbox.oauth?.clientSecret === secretMark) found.push('oauth.clientSecret');
  if (mailbox.oauth?.refreshToken === secretMark) found.push('oauth.refreshToken');
  return found;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

const idOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** What was typed, as a request wants it. */
export function typedMailbox(typed: Readonly<Record<string, unknown>>): MailboxSettings {
  const parts = ways.map((name) => {
    const part = typed[name];
    if (!isRecord(part) || part['used'] !== 'yes') return [name, null];
    const { used: _used, ...rest } = part;
    return [name, rest];
  });
  return mailboxSettings.parse({
    ...typed,
    active: typed['active'] === true,
    isDefault: typed['isDefault'] === true,
    confirms: typed['confirms'] === true,
    teamId: idOf(typed['teamId']),
    categoryId: idOf(typed['categoryId']),
    ...Object.fromEntries(parts),
  });
}
