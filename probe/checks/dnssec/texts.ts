import type { KindTexts } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { daysText, timeText } from '#probe/number-text.ts';
import type { DnssecSettings } from './settings.ts';

/** `what` names the records: a type, or `DS` and the zone below; `day` is that of the fault. */
type Fault = { zone: string; what: string; day: string };

export type DnssecReasons = ConnectionReasons & {
  secure: { zone: string; days: number };
  signatureEndsSoon: { zone: string; days: number };
  unsigned: { zone: string };
  wrongKey: { zone: string };
  noAnchor: { zone: string };
  noRecords: { name: string; type: string };
  nameOutside: Record<string, never>;
  expired: Fault;
  notYet: Fault;
  wrongSignature: Fault;
  noKey: Fault;
  noSignature: Fault;
  noAnswer: { server: string; ms: number };
  serverFailed: { server: string; name: string; responseCode: number };
  malformed: { server: string };
};

const types = {
  SOA: 'SOA',
  A: 'A',
  AAAA: 'AAAA',
  MX: 'MX',
  TXT: 'TXT',
  NS: 'NS',
  SRV: 'SRV',
  CNAME: 'CNAME',
  CAA: 'CAA',
  PTR: 'PTR',
};

const en: KindTexts<DnssecSettings, DnssecReasons> = {
  name: 'DNSSEC',
  description: 'Follows the signatures of a zone down from the root, and tells when they end.',
  fields: {
    zone: { label: 'Zone', help: 'The signed zone. Empty takes the target’s name.' },
    name: { label: 'Name', help: 'A name within the zone whose records are verified. Empty takes the zone itself.' },
    type: { label: 'Record', help: 'Which records of that name are verified.', options: types },
    server: {
      label: 'Server',
      help: 'Whom to ask: a resolver that gives signatures, or the zone’s own server with an anchor. Empty asks the target; “system” the resolvers of the machine Vigie runs on.',
    },
    port: { label: 'Port', help: 'Port of that server.' },
    anchors: {
      label: 'Trust anchors',
      help: 'One DS record a line: “example.org 12345 13 2 AB12…”, for zones inside a company. None: the root’s keys.',
    },
    warnDays: {
      label: 'Warn before the signatures end (days)',
      help: 'Degraded when less is left; below what your signer leaves before it signs again. 0 never warns.',
    },
  },
  metrics: { signatureDays: 'Signatures, days left', checkTime: 'Time to validate' },
  reasons: {
    ...connectionTexts.en,
    secure: ({ zone, days }) =>
      `${zone} is signed and its chain of trust holds; good for ${daysText('en', days)} more.`,
    signatureEndsSoon: ({ zone, days }) =>
      `The first signature of ${zone} ends in ${daysText('en', days)}: is the zone still being signed?`,
    unsigned: ({ zone }) => `${zone} is not signed, or the zone above does not vouch for it: there is no DS record.`,
    wrongKey: ({ zone }) =>
      `No key of ${zone} fits what the zone above (or the anchor) says of it: validating resolvers refuse the zone.`,
    noAnchor: ({ zone }) => `None of the trust anchors stands above ${zone}.`,
    noRecords: ({ name, type }) => `${name} has no ${type} record to verify.`,
    nameOutside: () => 'The name is not within the zone: look at the settings.',
    expired: ({ zone, what, day }) =>
      `The signature of ${zone} over ${what} ended on ${day}: validating resolvers refuse it.`,
    notYet: ({ zone, what, day }) => `The signature of ${zone} over ${what} begins only on ${day}: is a clock wrong?`,
    wrongSignature: ({ zone, what }) =>
      `The signature of ${zone} over ${what} is wrong: what is served was not signed so.`,
    noKey: ({ zone, what }) => `${what} of ${zone} is signed by a key that the zone does not have.`,
    noSignature: ({ zone, what }) => `${zone} gives ${what} without a signature, or the server leaves signatures out.`,
    noAnswer: ({ server, ms }) => `The name server ${server} did not answer within ${timeText('en', ms)}.`,
    serverFailed: ({ server, name, responseCode }) =>
      `The name server ${server} could not answer for ${name} (code ${responseCode}).`,
    malformed: ({ server }) => `The answer of ${server} is not valid DNS.`,
  },
};

const fr: KindTexts<DnssecSettings, DnssecReasons> = {
  name: 'DNSSEC',
  description: 'Suit les signatures d’une zone depuis la racine et dit quand elles prennent fin.',
  fields: {
    zone: { label: 'Zone', help: 'La zone signée. Vide : le nom de la cible.' },
    name: { label: 'Nom', help: 'Un nom de la zone dont les enregistrements sont vérifiés. Vide : la zone elle-même.' },
    type: { label: 'Enregistrement', help: 'Quels enregistrements de ce nom sont vérifiés.', options: types },
    server: {
      label: 'Serveur',
      help: 'À qui demander : un résolveur qui donne les signatures, ou le serveur de la zone avec une ancre. Vide : la cible ; « system » : les résolveurs de la machine où tourne Vigie.',
    },
    port: { label: 'Port', help: 'Port de ce serveur.' },
    anchors: {
      label: 'Ancres de confiance',
      help: 'Un enregistrement DS par ligne : « example.org 12345 13 2 AB12… », pour les zones internes. Aucune : les clés de la racine.',
    },
    warnDays: {
      label: 'Avertir avant la fin des signatures (jours)',
      help: 'Dégradé quand il reste moins ; au-dessous de ce que votre signataire laisse avant de signer à nouveau. 0 n’avertit jamais.',
    },
  },
  metrics: { signatureDays: 'Signatures, jours restants', checkTime: 'Temps de validation' },
  reasons: {
    ...connectionTexts.fr,
    secure: ({ zone, days }) =>
      `${zone} est signée et sa chaîne de confiance tient ; encore bonne pour ${daysText('fr', days)}.`,
    signatureEndsSoon: ({ zone, days }) =>
      `La première signature de ${zone} prend fin dans ${daysText('fr', days)} : la zone est-elle encore signée régulièrement ?`,
    unsigned: ({ zone }) =>
      `${zone} n’est pas signée, ou la zone au-dessus ne se porte pas garante : il n’y a pas d’enregistrement DS.`,
    wrongKey: ({ zone }) =>
      `Aucune clé de ${zone} ne correspond à ce qu’en dit la zone au-dessus (ou l’ancre) : les résolveurs qui valident refusent la zone.`,
    noAnchor: ({ zone }) => `Aucune des ancres de confiance n’est au-dessus de ${zone}.`,
    noRecords: ({ name, type }) => `${name} n’a pas d’enregistrement ${type} à vérifier.`,
    nameOutside: () => 'Le nom n’est pas dans la zone : voyez les réglages.',
    expired: ({ zone, what, day }) =>
      `La signature de ${zone} sur ${what} a pris fin le ${day} : les résolveurs qui valident la refusent.`,
    notYet: ({ zone, what, day }) =>
      `La signature de ${zone} sur ${what} ne commence que le ${day} : une horloge est-elle fausse ?`,
    wrongSignature: ({ zone, what }) =>
      `La signature de ${zone} sur ${what} est fausse : ce qui est servi n’a pas été signé ainsi.`,
    noKey: ({ zone, what }) => `${what} de ${zone} est signé par une clé que la zone n’a pas.`,
    noSignature: ({ zone, what }) =>
      `${zone} donne ${what} sans signature, ou le serveur laisse les signatures de côté.`,
    noAnswer: ({ server, ms }) => `Le serveur de noms ${server} n’a pas répondu en ${timeText('fr', ms)}.`,
    serverFailed: ({ server, name, responseCode }) =>
      `Le serveur de noms ${server} n’a pas pu répondre pour ${name} (code ${responseCode}).`,
    malformed: ({ server }) => `La réponse de ${server} n’est pas du DNS valide.`,
  },
};

export const dnssecTexts = { en, fr };
