import type { Role } from '#contract/permission.ts';
import type { Language } from '#contract/words.ts';
import { companyDomain } from './sites.ts';

export interface InventedPerson {
  readonly name: string;
  readonly mail: string;
  readonly role: Role;
  readonly language: Language;
}

function mailOf(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return `${plain.replaceAll(/[^a-z]+/gu, '.')}@${companyDomain}`;
}

const of = (role: Role, language: Language, names: readonly string[]): InventedPerson[] =>
  names.map((name) => ({ name, mail: mailOf(name), role, language }));

/** The account for whoever tries the demonstration. */
export const demonstrator: InventedPerson = {
  name: 'Camille Demers',
  mail: `demo@${companyDomain}`,
  role: 'administrator',
  language: 'fr',
};

/** Those who run the company's computers. With the demonstrator, one of each role signs in with the printed password. */
export const crew = {
  amelie: { ...demonstratorLike('Amélie Roy'), role: 'operator', language: 'fr' },
  marc: { ...demonstratorLike('Marc Tremblay'), role: 'operator', language: 'fr' },
  jessica: { ...demonstratorLike('Jessica Campbell'), role: 'operator', language: 'en' },
  karim: { ...demonstratorLike('Karim Benali'), role: 'operator', language: 'fr' },
  sophie: { ...demonstratorLike('Sophie Lavoie'), role: 'operator', language: 'fr' },
  david: { ...demonstratorLike('David Nguyen'), role: 'operator', language: 'en' },
  nadia: { ...demonstratorLike('Nadia Haddad'), role: 'administrator', language: 'fr' },
  helene: { ...demonstratorLike('Hélène Marchand'), role: 'auditor', language: 'fr' },
} as const satisfies Record<string, InventedPerson>;
export type CrewKey = keyof typeof crew;

function demonstratorLike(name: string): { name: string; mail: string } {
  return { name, mail: mailOf(name) };
}

/** Everybody else: the people who use what the crew runs. */
export const staff: readonly InventedPerson[] = [
  ...of('requester', 'fr', [
    'Julien Perrin',
    'Claire Dubois',
    'Thomas Girard',
    'Élodie Fontaine',
    'Nicolas Chevalier',
    'Isabelle Moreau',
    'Antoine Rousseau',
    'Manon Lefèvre',
    'Olivier Garnier',
    'Sandrine Faure',
    'Philippe Blanc',
    'Lucie Mercier',
    'Rachid Amrani',
    'Pauline Vidal',
    'Guillaume Brunet',
    'Aurélie Caron',
    'Mathieu Leclerc',
    'Céline Barbier',
    'Vincent Renard',
    'Fatou Diallo',
    'Benoît Gauthier',
    'Geneviève Bouchard',
    'François Pelletier',
    'Chantal Gagnon',
    'Étienne Lapointe',
    'Mélanie Fortin',
    'Sylvain Morin',
    'Josée Bélanger',
    'Alexandre Ouellet',
    'Catherine Girouard',
    'Yannick Desjardins',
    'Marie-Ève Lachance',
    'Luc Paradis',
    'Annie Beaulieu',
    'Patrick Simard',
    'Valérie Cloutier',
  ]),
  ...of('requester', 'en', [
    'Emily Carter',
    'Michael Singh',
    'Sarah Goldberg',
    'James O’Connor',
    'Priya Patel',
    'Robert Clarke',
    'Laura Rossi',
    'Kevin Wong',
    'Hannah Murphy',
    'Daniel Kowalski',
    'Grace Thompson',
    'Ethan Brooks',
    'Olivia Sanders',
    'Liam Foster',
  ]),
];
