import type { Language } from '#contract/words.ts';
import type { KindTexts } from '#probe/check-kind.ts';
import { limitTexts, type LimitReasons } from '#probe/limit-reasons.ts';
import { numberText, timeText } from '#probe/number-text.ts';
import { sessionFields } from '#probe/session-fields.ts';
import { sessionTexts, type SessionReasons } from '#probe/session-reasons.ts';
import { resultWords } from './result-words.ts';
import type { LdapSettings } from './settings.ts';

export type LdapReasons = SessionReasons &
  LimitReasons & {
    found: { entries: number; ms: number };
    tooFew: { found: number; expected: number };
    otherValue: { attribute: string; expected: string; values: string };
    bindRefused: { user: string; result: number; said: string };
    searchRefused: { base: string; result: number; said: string };
    passwordEmpty: Record<string, never>;
    badFilter: { filter: string };
  };

const metrics = {
  en: {
    connect: 'Connection time',
    search: 'Sign-in and search time',
    total: 'Total time',
    entries: 'Entries found',
    certificateDays: 'Certificate, days left',
  },
  fr: {
    connect: 'Temps de connexion',
    search: 'Temps d’identification et de recherche',
    total: 'Temps total',
    entries: 'Entrées trouvées',
    certificateDays: 'Certificat, jours restants',
  },
};

function meaning(language: Language, result: number, said: string): string {
  return resultWords[language][result] ?? `${result} ${said}`.trim();
}

const en: KindTexts<LdapSettings, LdapReasons> = {
  name: 'Directory (LDAP)',
  description: 'Signs in to a directory, searches, and judges how many entries and which value it finds.',
  fields: {
    ...sessionFields.en,
    user: { label: 'Bind name', help: 'The distinguished name that signs in. Empty searches as nobody.' },
    base: { label: 'Search base', help: 'Where the search begins. Empty, with the scope “base”, is the root entry.' },
    scope: {
      label: 'Scope',
      help: 'How far below the base to search.',
      options: { base: 'The base only', one: 'One level below', sub: 'Everything below' },
    },
    filter: { label: 'Filter', help: 'An LDAP filter, such as (uid=alice).' },
    minEntries: { label: 'Entries at least', help: 'Down when fewer are found. At most 1,000 are counted.' },
    attribute: { label: 'Attribute', help: 'An attribute to read. Empty reads names only.' },
    attributeExpected: {
      label: 'Expected value',
      help: 'Down when no entry found has this value of the attribute. Empty expects nothing.',
    },
  },
  metrics: metrics.en,
  reasons: {
    ...sessionTexts.en,
    ...limitTexts('en', metrics.en),
    found: ({ entries, ms }) =>
      `The directory answers: entries found ${numberText('en', entries)} (${timeText('en', ms)}).`,
    tooFew: ({ found, expected }) =>
      `Entries found: ${numberText('en', found)}; at least ${numberText('en', expected)} expected.`,
    otherValue: ({ attribute, expected, values }) =>
      `No ${attribute} is “${expected}”${values === '' ? '' : `; found: ${values}`}.`,
    bindRefused: ({ user, result, said }) =>
      `The directory refuses to sign in ${user === '' ? 'without a name' : user}: ${meaning('en', result, said)}.`,
    searchRefused: ({ base, result, said }) =>
      `The directory refuses the search${base === '' ? '' : ` below ${base}`}: ${meaning('en', result, said)}.`,
    badFilter: ({ filter }) => `The filter ${filter} is not well formed.`,
    passwordEmpty: () => 'A bind name is set but no password: many directories would take that for nobody.',
  },
};

const fr: KindTexts<LdapSettings, LdapReasons> = {
  name: 'Annuaire (LDAP)',
  description: 'S’identifie à un annuaire, cherche, et juge le nombre d’entrées et la valeur trouvées.',
  fields: {
    ...sessionFields.fr,
    user: { label: 'Nom d’identification', help: 'Le nom distinctif qui s’identifie. Vide : recherche anonyme.' },
    base: { label: 'Base de recherche', help: 'Où commence la recherche. Vide, avec la portée « base » : la racine.' },
    scope: {
      label: 'Portée',
      help: 'Jusqu’où chercher sous la base.',
      options: { base: 'La base seule', one: 'Un niveau dessous', sub: 'Tout ce qui est dessous' },
    },
    filter: { label: 'Filtre', help: 'Un filtre LDAP, comme (uid=alice).' },
    minEntries: { label: 'Entrées au moins', help: 'En panne quand moins sont trouvées. 1 000 au plus sont comptées.' },
    attribute: { label: 'Attribut', help: 'Un attribut à lire. Vide : les noms seulement.' },
    attributeExpected: {
      label: 'Valeur attendue',
      help: 'En panne si aucune entrée trouvée n’a cette valeur. Vide : rien n’est attendu.',
    },
  },
  metrics: metrics.fr,
  reasons: {
    ...sessionTexts.fr,
    ...limitTexts('fr', metrics.fr),
    found: ({ entries, ms }) =>
      `L’annuaire répond : entrées trouvées ${numberText('fr', entries)} (${timeText('fr', ms)}).`,
    tooFew: ({ found, expected }) =>
      `Entrées trouvées : ${numberText('fr', found)} ; au moins ${numberText('fr', expected)} attendues.`,
    otherValue: ({ attribute, expected, values }) =>
      `Aucun ${attribute} n’est « ${expected} »${values === '' ? '' : ` ; trouvé : ${values}`}.`,
    bindRefused: ({ user, result, said }) =>
      `L’annuaire refuse l’identification ${user === '' ? 'sans nom' : `de ${user}`} : ${meaning('fr', result, said)}.`,
    searchRefused: ({ base, result, said }) =>
      `L’annuaire refuse la recherche${base === '' ? '' : ` sous ${base}`} : ${meaning('fr', result, said)}.`,
    badFilter: ({ filter }) => `Le filtre ${filter} est mal formé.`,
    passwordEmpty: () =>
      'Un nom d’identification est donné sans mot de passe : beaucoup d’annuaires le prendraient pour anonyme.',
  },
};

export const ldapTexts = { en, fr };
