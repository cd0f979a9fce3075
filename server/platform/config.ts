import { resolve } from 'node:path';

/** What the operator may set, read once, frozen. */
export interface Config {
  readonly listen: { readonly host: string; readonly port: number };
  /** Absolute path of the folder that holds the embedded database and the vault's key. */
  readonly dataFolder: string;
  /** An external PostgreSQL (15 to 18), or null for the embedded one. */
  readonly databaseUrl: string | null;
  /** How people reach Vigie from outside, without a slash at the end; links in mails begin with it. */
  readonly publicUrl: string;
  readonly demonstration: boolean;
  readonly logLevel: string;
  /** Folder of the built web UI. */
  readonly webFolder: string;
}

/** A setting that cannot be used; `sentence` says what to type instead, in both languages. */
export class ConfigFault extends Error {
  readonly sentence: { readonly en: string; readonly fr: string };

  constructor(sentence: { readonly en: string; readonly fr: string }) {
    super(sentence.en);
    this.name = 'ConfigFault';
    this.sentence = sentence;
  }
}

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

function readListen(value: string): { host: string; port: number } {
  const parts = /^(?:\[(?<six>[0-9a-fA-F:.]+)\]|(?<host>[^:]+)):(?<port>\d{1,5})$/u.exec(value)?.groups;
  const port = Number(parts?.['port']);
  if (parts === undefined || port > 65_535) {
    throw new ConfigFault({
      en: `VIGIE_LISTEN is "${value}", which is not an address and a port. Write for example VIGIE_LISTEN=127.0.0.1:7700 or VIGIE_LISTEN=[::1]:7700.`,
      fr: `VIGIE_LISTEN vaut « ${value} », ce qui n’est pas une adresse et un port. Écrivez par exemple VIGIE_LISTEN=127.0.0.1:7700 ou VIGIE_LISTEN=[::1]:7700.`,
    });
  }
  return { host: parts['six'] ?? parts['host'] ?? '127.0.0.1', port };
}

function readDatabaseUrl(value: string | undefined): string | null {
  if (value === undefined || value === '') return null;
  // Only the beginning: an address by socket, such as postgres:///vigie?host=/run/postgresql, is no URL to the URL class.
  if (!/^postgres(?:ql)?:\/\/\S+$/u.test(value)) {
    throw new ConfigFault({
      en: 'VIGIE_DATABASE_URL is not the address of a PostgreSQL database. Write for example VIGIE_DATABASE_URL=postgres://vigie:secret@db.example.org:5432/vigie.',
      fr: 'VIGIE_DATABASE_URL n’est pas l’adresse d’une base PostgreSQL. Écrivez par exemple VIGIE_DATABASE_URL=postgres://vigie:secret@db.example.org:5432/vigie.',
    });
  }
  return value;
}

function readPublicUrl(value: string | undefined, listen: { host: string; port: number }): string {
  if (value === undefined || value === '')
    return `http://${listen.host.includes(':') ? `[${listen.host}]` : listen.host}:${listen.port}`;
  if (!/^https?:\/\//u.test(value) || !URL.canParse(value)) {
    throw new ConfigFault({
      en: `VIGIE_PUBLIC_URL is "${value}", which is not a web address. Write for example VIGIE_PUBLIC_URL=https://vigie.example.org.`,
      fr: `VIGIE_PUBLIC_URL vaut « ${value} », ce qui n’est pas une adresse web. Écrivez par exemple VIGIE_PUBLIC_URL=https://vigie.example.org.`,
    });
  }
  return value.replace(/\/+$/u, '');
}

/**
 * Reads the settings from the environment and the command line's words.
 * @throws ConfigFault when a setting cannot be used.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  words: readonly string[],
  webFolder: string,
): Config {
  const demonstration = words.includes('--demo');
  const listen = readListen(env['VIGIE_LISTEN'] ?? '127.0.0.1:7700');
  const logLevel = env['VIGIE_LOG'] ?? 'warn';
  if (!levels.includes(logLevel)) {
    throw new ConfigFault({
      en: `VIGIE_LOG is "${logLevel}". Write one of: ${levels.join(', ')}.`,
      fr: `VIGIE_LOG vaut « ${logLevel} ». Écrivez l’un de ces mots : ${levels.join(', ')}.`,
    });
  }
  return Object.freeze({
    listen,
    dataFolder: resolve(env['VIGIE_DATA'] ?? (demonstration ? 'vigie-data-demo' : 'vigie-data')),
    databaseUrl: readDatabaseUrl(env['VIGIE_DATABASE_URL']),
    publicUrl: readPublicUrl(env['VIGIE_PUBLIC_URL'], listen),
    demonstration,
    logLevel,
    webFolder,
  });
}
