import type { Language } from '#contract/words.ts';
import type { Verdict } from './check-kind.ts';
import { timeText } from './number-text.ts';

/** The ways in which reaching a target can fail; every kind that connects has them among its reasons. */
export type ConnectionReasons = {
  refused: { address: string; port: number };
  connectTimeout: { address: string; port: number; ms: number };
  unreachable: { address: string };
  reset: { address: string; port: number };
  nameNotFound: { name: string };
  nameUnanswered: { name: string };
  addressForbidden: { address: string };
  /** The fault is on the probe's own side: no file descriptors, no free port, permission. */
  ownFault: { code: string };
  stopped: Record<string, never>;
  internal: { message: string };
};

/** What each failure says of the target: only what we could see of it counts against it. */
export const connectionVerdicts: Readonly<Record<keyof ConnectionReasons, Verdict>> = {
  refused: 'down',
  connectTimeout: 'down',
  unreachable: 'down',
  reset: 'down',
  nameNotFound: 'down',
  nameUnanswered: 'unknown',
  addressForbidden: 'unknown',
  ownFault: 'unknown',
  stopped: 'unknown',
  internal: 'unknown',
};

type ConnectionTexts = { readonly [Code in keyof ConnectionReasons]: (data: ConnectionReasons[Code]) => string };

/** The sentences for connection failures, to be spread into a kind's own. */
export const connectionTexts: Readonly<Record<Language, ConnectionTexts>> = {
  en: {
    refused: ({ address, port }) => `${address} refuses connections on port ${port}.`,
    connectTimeout: ({ address, port, ms }) =>
      `${address} did not accept a connection on port ${port} within ${timeText('en', ms)}.`,
    unreachable: ({ address }) => `There is no route to ${address}.`,
    reset: ({ address, port }) => `${address} cut the connection on port ${port}.`,
    nameNotFound: ({ name }) => `The name ${name} does not exist.`,
    nameUnanswered: ({ name }) => `No name server answered for ${name}, so the target was not reached.`,
    addressForbidden: ({ address }) => `Vigie may not contact ${address}: an administrator has to allow it.`,
    ownFault: ({ code }) => `Vigie could not run the check: its own machine said ${code}.`,
    stopped: () => 'The check was stopped before it ended.',
    internal: ({ message }) => `The check failed because of a fault in Vigie: ${message}`,
  },
  fr: {
    refused: ({ address, port }) => `${address} refuse les connexions sur le port ${port}.`,
    connectTimeout: ({ address, port, ms }) =>
      `${address} n’a pas accepté de connexion sur le port ${port} en ${timeText('fr', ms)}.`,
    unreachable: ({ address }) => `Aucune route ne mène à ${address}.`,
    reset: ({ address, port }) => `${address} a coupé la connexion sur le port ${port}.`,
    nameNotFound: ({ name }) => `Le nom ${name} n’existe pas.`,
    nameUnanswered: ({ name }) => `Aucun serveur de noms n’a répondu pour ${name} ; la cible n’a donc pas été jointe.`,
    addressForbidden: ({ address }) =>
      `Vigie n’a pas le droit de contacter ${address} : un administrateur doit l’autoriser.`,
    ownFault: ({ code }) => `Vigie n’a pas pu exécuter le contrôle : sa propre machine a répondu ${code}.`,
    stopped: () => 'Le contrôle a été arrêté avant la fin.',
    internal: ({ message }) => `Le contrôle a échoué à cause d’un défaut de Vigie : ${message}`,
  },
};
