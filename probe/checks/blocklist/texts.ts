import type { KindTexts } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import type { BlocklistSettings } from './settings.ts';

export type BlocklistReasons = ConnectionReasons & {
  clean: { answered: number; asked: number; addresses: number };
  listed: { address: string; lists: string; count: number; why: string };
  noListAnswers: { asked: number };
  noPublicAddress: Record<string, never>;
};

const en: KindTexts<BlocklistSettings, BlocklistReasons> = {
  name: 'Blocklists',
  description: 'Asks public lists of senders of junk whether a mail server stands on them.',
  fields: {
    domain: { label: 'Domain', help: 'Looks up the hosts that take its mail (MX) too. Empty is the target alone.' },
    lists: {
      label: 'Lists',
      help: 'Their names in the DNS. Mind their terms: some want to be asked from your own resolver.',
    },
    downLists: { label: 'Down from lists', help: 'Listed on one is degraded; on so many it is down.' },
    server: {
      label: 'Name server',
      help: 'Address of the name server to ask. Empty asks those of the machine Vigie runs on.',
    },
    serverPort: { label: 'Its port', help: 'Port of that name server.' },
  },
  metrics: { listed: 'Lists that name us', unanswered: 'Lists that did not answer' },
  reasons: {
    ...connectionTexts.en,
    clean: ({ answered, asked, addresses }) =>
      `${addresses === 1 ? 'The address stands' : `${addresses} addresses stand`} on none of the lists that answered (${answered} of ${asked}).`,
    listed: ({ address, lists, why }) => `${address} stands on ${lists}${why === '' ? '' : `: ${why}`}`,
    noListAnswers: ({ asked }) =>
      `None of ${asked} lists gave an answer that counts; many refuse questions that come through a public resolver.`,
    noPublicAddress: () => 'The target has no public address, and only such addresses are listed.',
  },
};

const fr: KindTexts<BlocklistSettings, BlocklistReasons> = {
  name: 'Listes de blocage',
  description: 'Demande aux listes publiques d’expéditeurs indésirables si un serveur de courrier y figure.',
  fields: {
    domain: {
      label: 'Domaine',
      help: 'Regarde aussi les hôtes qui reçoivent son courrier (MX). Vide : la cible seule.',
    },
    lists: {
      label: 'Listes',
      help: 'Leurs noms dans le DNS. Voyez leurs conditions : certaines veulent être interrogées depuis votre propre résolveur.',
    },
    downLists: {
      label: 'En panne à partir de (listes)',
      help: 'Figurer sur une liste est dégradé ; sur autant, en panne.',
    },
    server: {
      label: 'Serveur de noms',
      help: 'Adresse du serveur de noms à interroger. Vide : ceux de la machine où tourne Vigie.',
    },
    serverPort: { label: 'Son port', help: 'Port de ce serveur de noms.' },
  },
  metrics: { listed: 'Listes qui nous citent', unanswered: 'Listes sans réponse' },
  reasons: {
    ...connectionTexts.fr,
    clean: ({ answered, asked, addresses }) =>
      `${addresses < 2 ? 'L’adresse ne figure' : `${addresses} adresses ne figurent`} sur aucune des listes qui ont répondu (${answered} sur ${asked}).`,
    listed: ({ address, lists, why }) => `${address} figure sur ${lists}${why === '' ? '' : ` : ${why}`}`,
    noListAnswers: ({ asked }) =>
      `Aucune des ${asked} listes n’a donné de réponse qui compte ; beaucoup refusent les questions d’un résolveur public.`,
    noPublicAddress: () => 'La cible n’a pas d’adresse publique, et seules celles-ci sont listées.',
  },
};

export const blocklistTexts = { en, fr };
