import type { Rule } from '#contract/rule.ts';
import type { Language } from '#contract/words.ts';
import * as en from '#texts/en/profile-starters.ts';
import * as fr from '#texts/fr/profile-starters.ts';
import type { HostKind } from './store-profile.ts';

const catalogues = { en: en.profileStarters, fr: fr.profileStarters };

type StarterKey = Exclude<keyof typeof en.profileStarters, 'checks'>;
type CheckWord = keyof typeof en.profileStarters.checks;

interface StarterCheck {
  readonly word: CheckWord;
  readonly kind: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

interface Starter {
  readonly key: StarterKey;
  readonly equipment: readonly HostKind[];
  readonly checks: readonly StarterCheck[];
}

const ping: StarterCheck = { word: 'ping', kind: 'icmp' };

const starters: readonly Starter[] = [
  {
    key: 'linux',
    equipment: ['server', 'virtual'],
    checks: [
      ping,
      { word: 'resources', kind: 'linux-host' },
      { word: 'hostKey', kind: 'ssh' },
      { word: 'clock', kind: 'ntp' },
    ],
  },
  { key: 'windows', equipment: ['server', 'virtual'], checks: [ping, { word: 'resources', kind: 'windows' }] },
  {
    key: 'web',
    equipment: ['server', 'virtual'],
    checks: [
      { word: 'page', kind: 'http', settings: { scheme: 'https' } },
      { word: 'certificate', kind: 'tls' },
    ],
  },
  {
    key: 'mail',
    equipment: ['server', 'virtual'],
    checks: [
      ping,
      { word: 'smtp', kind: 'smtp' },
      { word: 'submission', kind: 'smtp', settings: { port: 587 } },
      { word: 'imap', kind: 'imap' },
      { word: 'queue', kind: 'mail-queue' },
    ],
  },
  {
    key: 'switch',
    equipment: ['switch', 'router', 'firewall'],
    checks: [ping, { word: 'ports', kind: 'snmp-interfaces' }],
  },
  { key: 'printer', equipment: ['printer'], checks: [ping, { word: 'device', kind: 'snmp-printer' }] },
  { key: 'ups', equipment: ['other'], checks: [ping, { word: 'device', kind: 'snmp-ups' }] },
  { key: 'postgresql', equipment: ['server', 'virtual'], checks: [{ word: 'database', kind: 'postgresql' }] },
  { key: 'mysql', equipment: ['server', 'virtual'], checks: [{ word: 'database', kind: 'mysql' }] },
];

/** Profiles to begin with, in the reader's language. */
export function profileStarters(language: Language) {
  const words = catalogues[language];
  const rules: Rule[] = [];
  return starters.map(({ key, equipment, checks }) => ({
    key,
    ...words[key],
    equipment: [...equipment],
    items: checks.map(({ word, kind, settings }) => ({
      name: words.checks[word],
      kind,
      settings: settings ?? {},
      rules,
    })),
  }));
}
