import type { KindTexts } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { timeText } from '#probe/number-text.ts';
import type { DnsSettings } from './settings.ts';

export type DnsReasons = ConnectionReasons & {
  answered: { name: string; type: string; answer: string; ms: number };
  serverAnswers: { server: string; ms: number };
  slow: { ms: number; warnMs: number };
  noAnswer: { server: string; ms: number };
  serverRefused: { server: string };
  serverFailed: { server: string; code: string };
  noSuchName: { name: string };
  noSuchRecord: { name: string; type: string };
  otherAnswer: { name: string; type: string; expected: string; found: string };
  malformed: { server: string };
};

const options = {
  A: 'A',
  AAAA: 'AAAA',
  MX: 'MX',
  TXT: 'TXT',
  SRV: 'SRV',
  CNAME: 'CNAME',
  NS: 'NS',
  PTR: 'PTR',
  SOA: 'SOA',
  CAA: 'CAA',
};

const en: KindTexts<DnsSettings, DnsReasons> = {
  name: 'DNS',
  description: 'Asks a name server and judges the answer and its time.',
  fields: {
    name: {
      label: 'Name',
      help: 'What is asked for; for PTR also an address. Empty only tests that the server answers at all.',
    },
    type: { label: 'Record', help: 'The type of record asked for.', options },
    server: {
      label: 'Server',
      help: 'Address of the name server. Empty asks the target itself; “system” asks the servers of the machine Vigie runs on.',
    },
    port: { label: 'Port', help: 'Port of the name server.' },
    expected: {
      label: 'Expected values',
      help: 'One a line: an address, “10 mail.example.org” for MX, “0 issue ca.example” for CAA. Empty accepts any.',
    },
    match: {
      label: 'Compared',
      help: 'With “at least” a part of a TXT or SOA is enough; in a pattern * stands for any characters.',
      options: {
        atLeast: 'at least these records',
        exactly: 'exactly these records',
        pattern: 'every record fits a pattern',
      },
    },
    warnMs: { label: 'Warn when slower than (ms)', help: 'Degraded when the answer takes longer. 0 never warns.' },
  },
  metrics: { answerTime: 'Answer time', records: 'Records' },
  reasons: {
    ...connectionTexts.en,
    answered: ({ name, type, answer, ms }) => `${name} ${type}: ${answer} (${timeText('en', ms)}).`,
    serverAnswers: ({ server, ms }) => `The name server ${server} answers in ${timeText('en', ms)}.`,
    slow: ({ ms, warnMs }) => `The answer took ${timeText('en', ms)}, longer than ${timeText('en', warnMs)}.`,
    noAnswer: ({ server, ms }) => `The name server ${server} did not answer within ${timeText('en', ms)}.`,
    serverRefused: ({ server }) => `The name server ${server} refuses the question.`,
    serverFailed: ({ server, code }) => `The name server ${server} could not answer (${code}).`,
    noSuchName: ({ name }) => `The name ${name} does not exist.`,
    noSuchRecord: ({ name, type }) => `${name} has no ${type} record.`,
    otherAnswer: ({ name, type, expected, found }) => `${name} ${type} is “${found}” instead of “${expected}”.`,
    malformed: ({ server }) => `The answer of ${server} is not valid DNS.`,
  },
};

const fr: KindTexts<DnsSettings, DnsReasons> = {
  name: 'DNS',
  description: 'Interroge un serveur de noms et juge la réponse et son temps.',
  fields: {
    name: {
      label: 'Nom',
      help: 'Ce qui est demandé ; pour PTR, aussi une adresse. Vide : vérifie seulement que le serveur répond.',
    },
    type: { label: 'Enregistrement', help: 'Le type d’enregistrement demandé.', options },
    server: {
      label: 'Serveur',
      help: 'Adresse du serveur de noms. Vide : la cible elle-même ; « system » : les serveurs de la machine où tourne Vigie.',
    },
    port: { label: 'Port', help: 'Port du serveur de noms.' },
    expected: {
      label: 'Valeurs attendues',
      help: 'Une par ligne : une adresse, « 10 mail.example.org » pour MX, « 0 issue ca.example » pour CAA. Vide : toute valeur convient.',
    },
    match: {
      label: 'Comparaison',
      help: 'Avec « au moins », une partie d’un TXT ou d’un SOA suffit ; dans un motif, * remplace des caractères quelconques.',
      options: {
        atLeast: 'au moins ces enregistrements',
        exactly: 'exactement ces enregistrements',
        pattern: 'chaque enregistrement correspond à un motif',
      },
    },
    warnMs: {
      label: 'Avertir au-delà de (ms)',
      help: 'Dégradé quand la réponse prend plus de temps. 0 n’avertit jamais.',
    },
  },
  metrics: { answerTime: 'Temps de réponse', records: 'Enregistrements' },
  reasons: {
    ...connectionTexts.fr,
    answered: ({ name, type, answer, ms }) => `${name} ${type} : ${answer} (${timeText('fr', ms)}).`,
    serverAnswers: ({ server, ms }) => `Le serveur de noms ${server} répond en ${timeText('fr', ms)}.`,
    slow: ({ ms, warnMs }) => `La réponse a pris ${timeText('fr', ms)}, plus de ${timeText('fr', warnMs)}.`,
    noAnswer: ({ server, ms }) => `Le serveur de noms ${server} n’a pas répondu en ${timeText('fr', ms)}.`,
    serverRefused: ({ server }) => `Le serveur de noms ${server} refuse la question.`,
    serverFailed: ({ server, code }) => `Le serveur de noms ${server} n’a pas pu répondre (${code}).`,
    noSuchName: ({ name }) => `Le nom ${name} n’existe pas.`,
    noSuchRecord: ({ name, type }) => `${name} n’a pas d’enregistrement ${type}.`,
    otherAnswer: ({ name, type, expected, found }) => `${name} ${type} vaut « ${found} » au lieu de « ${expected} ».`,
    malformed: ({ server }) => `La réponse de ${server} n’est pas du DNS valide.`,
  },
};

export const dnsTexts = { en, fr };
