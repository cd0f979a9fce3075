import type { Language } from '#contract/words.ts';
import type { KindTexts } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { timeText } from '#probe/number-text.ts';
import type { DnsZoneSettings } from './settings.ts';

export type DnsZoneReasons = ConnectionReasons & {
  agreed: { zone: string; count: number; serial: number };
  catchingUp: { zone: string; server: string };
  serialBehind: { zone: string; server: string; serial: number; newest: number };
  serverBad: { zone: string; server: string; state: string; good: number; count: number };
  allBad: { zone: string; server: string; state: string };
  allForbidden: { zone: string };
  noServerList: { zone: string; server: string; state: string };
  slow: { server: string; ms: number; warnMs: number };
};

/** What is wrong with a server, to follow its name. */
const states: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    silent: 'does not answer',
    refusing: 'refuses the port',
    malformed: 'does not speak DNS',
    lame: 'is not in charge of the zone',
    noAddress: 'has no address',
  },
  fr: {
    silent: 'ne répond pas',
    refusing: 'refuse le port',
    malformed: 'ne parle pas DNS',
    lame: 'ne fait pas autorité pour la zone',
    noAddress: 'n’a pas d’adresse',
  },
};

const en: KindTexts<DnsZoneSettings, DnsZoneReasons> = {
  name: 'DNS zone',
  description:
    'Asks every name server of a zone: is it there, in charge, and does it have the same state as the others?',
  fields: {
    zone: { label: 'Zone', help: 'Such as example.org. Empty takes the target’s name.' },
    port: { label: 'Port', help: 'Port of the name servers.' },
    servers: {
      label: 'Name servers',
      help: 'Names or addresses, one a line. None: those that the zone names, as the target tells them.',
    },
    maxSerialLag: { label: 'Serial may be behind by', help: 'Serial numbers that a server may be behind the newest.' },
    graceSeconds: {
      label: 'For at most (seconds)',
      help: 'Degraded when a server stays behind for longer: a change takes its time to arrive.',
    },
    warnMs: { label: 'Warn when slower than (ms)', help: 'Degraded when any server takes longer. 0 never warns.' },
  },
  metrics: { goodServers: 'Good servers', serialLag: 'Serial numbers behind', answerTime: 'Answer time' },
  reasons: {
    ...connectionTexts.en,
    agreed: ({ zone, count, serial }) =>
      count === 1
        ? `The name server of ${zone} answers, serial ${serial}.`
        : `All ${count} name servers of ${zone} agree on serial ${serial}.`,
    catchingUp: ({ zone, server }) => `${zone} was changed; ${server} does not have the newest state yet.`,
    serialBehind: ({ zone, server, serial, newest }) =>
      `${server} still serves ${zone} with serial ${serial}; the newest is ${newest}.`,
    serverBad: ({ zone, server, state, good, count }) =>
      `${server} ${states.en[state] ?? state}; ${good} of ${count} name servers of ${zone} are well.`,
    allBad: ({ zone, server, state }) => `No name server of ${zone} is well: ${server} ${states.en[state] ?? state}.`,
    allForbidden: ({ zone }) =>
      `Vigie may contact none of the name servers of ${zone}: an administrator has to allow it.`,
    noServerList: ({ zone, server, state }) =>
      state === 'lame'
        ? `${server} does not tell which name servers ${zone} has.`
        : `${server}, asked for the name servers of ${zone}, ${states.en[state] ?? state}.`,
    slow: ({ server, ms, warnMs }) => `${server} took ${timeText('en', ms)}, longer than ${timeText('en', warnMs)}.`,
  },
};

const fr: KindTexts<DnsZoneSettings, DnsZoneReasons> = {
  name: 'Zone DNS',
  description:
    'Interroge chaque serveur de noms d’une zone : est-il là, fait-il autorité, a-t-il le même état que les autres ?',
  fields: {
    zone: { label: 'Zone', help: 'Par exemple example.org. Vide : le nom de la cible.' },
    port: { label: 'Port', help: 'Port des serveurs de noms.' },
    servers: {
      label: 'Serveurs de noms',
      help: 'Noms ou adresses, un par ligne. Aucun : ceux que nomme la zone, tels que la cible les donne.',
    },
    maxSerialLag: {
      label: 'Retard admis du numéro de série',
      help: 'Numéros de série qu’un serveur peut avoir de retard sur le plus récent.',
    },
    graceSeconds: {
      label: 'Pendant au plus (secondes)',
      help: 'Dégradé quand un serveur reste plus longtemps en retard : un changement met du temps à arriver.',
    },
    warnMs: {
      label: 'Avertir au-delà de (ms)',
      help: 'Dégradé quand un serveur prend plus de temps. 0 n’avertit jamais.',
    },
  },
  metrics: { goodServers: 'Bons serveurs', serialLag: 'Numéros de série en retard', answerTime: 'Temps de réponse' },
  reasons: {
    ...connectionTexts.fr,
    agreed: ({ zone, count, serial }) =>
      count === 1
        ? `Le serveur de noms de ${zone} répond, numéro de série ${serial}.`
        : `Les ${count} serveurs de noms de ${zone} s’accordent sur le numéro de série ${serial}.`,
    catchingUp: ({ zone, server }) => `${zone} a changé ; ${server} n’a pas encore l’état le plus récent.`,
    serialBehind: ({ zone, server, serial, newest }) =>
      `${server} sert encore ${zone} avec le numéro de série ${serial} ; le plus récent est ${newest}.`,
    serverBad: ({ zone, server, state, good, count }) =>
      `${server} ${states.fr[state] ?? state} ; ${good} serveurs de noms de ${zone} sur ${count} vont bien.`,
    allBad: ({ zone, server, state }) =>
      `Aucun serveur de noms de ${zone} ne va bien : ${server} ${states.fr[state] ?? state}.`,
    allForbidden: ({ zone }) =>
      `Vigie n’a le droit de contacter aucun serveur de noms de ${zone} : un administrateur doit l’autoriser.`,
    noServerList: ({ zone, server, state }) =>
      state === 'lame'
        ? `${server} ne dit pas quels serveurs de noms a ${zone}.`
        : `${server}, à qui les serveurs de noms de ${zone} étaient demandés, ${states.fr[state] ?? state}.`,
    slow: ({ server, ms, warnMs }) => `${server} a mis ${timeText('fr', ms)}, plus de ${timeText('fr', warnMs)}.`,
  },
};

export const dnsZoneTexts = { en, fr };
