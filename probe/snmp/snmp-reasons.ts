import type { Language } from '#contract/words.ts';
import type { Verdict } from '../check-kind.ts';
import { connectionTexts, connectionVerdicts, type ConnectionReasons } from '../connection-reasons.ts';
import { timeText } from '../number-text.ts';

/** The ways in which asking an SNMP agent can fail; every kind that asks one has them among its reasons. */
export type SnmpReasons = ConnectionReasons & {
  noAgent: { address: string; port: number; ms: number };
  noEngine: { address: string; port: number; ms: number };
  fellSilent: { address: string; ms: number };
  unknownUser: { user: string };
  wrongPassword: Record<string, never>;
  wrongPrivacy: Record<string, never>;
  encryptedUnanswered: Record<string, never>;
  levelNotOffered: { level: string };
  clockWindow: Record<string, never>;
  accessDenied: Record<string, never>;
  passwordTooShort: Record<string, never>;
  agentError: { status: string };
  malformed: { address: string };
};

/** What each failure says of the target. */
export const snmpVerdicts: Readonly<Record<keyof SnmpReasons, Verdict>> = {
  ...connectionVerdicts,
  noAgent: 'down',
  noEngine: 'down',
  fellSilent: 'down',
  unknownUser: 'down',
  wrongPassword: 'down',
  wrongPrivacy: 'down',
  encryptedUnanswered: 'down',
  levelNotOffered: 'down',
  clockWindow: 'down',
  accessDenied: 'down',
  passwordTooShort: 'unknown',
  agentError: 'down',
  malformed: 'down',
};

type SnmpTexts = { readonly [Code in keyof SnmpReasons]: (data: SnmpReasons[Code]) => string };

/** The sentences for them, to be spread into a kind's own. */
export const snmpTexts: Readonly<Record<Language, SnmpTexts>> = {
  en: {
    ...connectionTexts.en,
    noAgent: ({ address, port, ms }) =>
      `No SNMP agent answered at ${address}, UDP port ${port}, within ${timeText('en', ms)}. A wrong community or an address that the agent does not admit look the same: agents are silent then.`,
    noEngine: ({ address, port, ms }) =>
      `No SNMP v3 engine answered at ${address}, UDP port ${port}, within ${timeText('en', ms)}. It would have answered even a wrong user: the agent is off, filtered, or without v3.`,
    fellSilent: ({ address, ms }) =>
      `The SNMP agent at ${address} answered at first and then no more within ${timeText('en', ms)}.`,
    unknownUser: ({ user }) => `The agent knows no SNMP v3 user “${user}”.`,
    wrongPassword: () => 'The agent refuses the user: wrong authentication password or protocol.',
    wrongPrivacy: () => 'The agent knows the user but cannot decrypt: wrong privacy password or protocol.',
    encryptedUnanswered: () =>
      'The agent shows its SNMP v3 engine but leaves encrypted messages of this user unanswered: most likely a wrong encryption password or protocol.',
    levelNotOffered: ({ level }) => `The agent does not admit this user at the security level ${level}.`,
    clockWindow: () => 'The agent refuses the message as too old or too new: its engine time jumps.',
    accessDenied: () => 'The agent admits the user or community, but not to these values: look at its views.',
    passwordTooShort: () => 'SNMP v3 asks for a user name and for passwords of at least 8 characters.',
    agentError: ({ status }) => `The agent answered with an error: ${status}.`,
    malformed: ({ address }) => `What ${address} sends is not valid SNMP.`,
  },
  fr: {
    ...connectionTexts.fr,
    noAgent: ({ address, port, ms }) =>
      `Aucun agent SNMP n’a répondu à l’adresse ${address}, port UDP ${port}, en ${timeText('fr', ms)}. Une communauté fausse ou une adresse que l’agent n’admet pas ont le même effet : l’agent se tait.`,
    noEngine: ({ address, port, ms }) =>
      `Aucun moteur SNMP v3 n’a répondu à l’adresse ${address}, port UDP ${port}, en ${timeText('fr', ms)}. Il aurait répondu même à un utilisateur faux : l’agent est arrêté, filtré ou sans v3.`,
    fellSilent: ({ address, ms }) =>
      `L’agent SNMP de ${address} a d’abord répondu, puis plus rien en ${timeText('fr', ms)}.`,
    unknownUser: ({ user }) => `L’agent ne connaît pas d’utilisateur SNMP v3 « ${user} ».`,
    wrongPassword: () => 'L’agent refuse l’utilisateur : mot de passe ou protocole d’authentification faux.',
    wrongPrivacy: () =>
      'L’agent connaît l’utilisateur mais ne peut pas déchiffrer : mot de passe ou protocole de confidentialité faux.',
    encryptedUnanswered: () =>
      'L’agent montre son moteur SNMP v3 mais laisse sans réponse les messages chiffrés de cet utilisateur : sans doute un mot de passe ou un protocole de chiffrement faux.',
    levelNotOffered: ({ level }) => `L’agent n’admet pas cet utilisateur au niveau de sécurité ${level}.`,
    clockWindow: () => 'L’agent refuse le message, trop ancien ou trop récent : l’heure de son moteur saute.',
    accessDenied: () => 'L’agent admet l’utilisateur ou la communauté, mais pas à ces valeurs : voyez ses vues.',
    passwordTooShort: () => 'SNMP v3 demande un nom d’utilisateur et des mots de passe d’au moins 8 caractères.',
    agentError: ({ status }) => `L’agent a répondu par une erreur : ${status}.`,
    malformed: ({ address }) => `Ce que ${address} envoie n’est pas du SNMP valide.`,
  },
};
