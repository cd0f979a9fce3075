import type { Language } from '#contract/words.ts';
import { SshFailure } from '#ssh/ssh-failure.ts';
import type { CheckContext, CheckResult, ReasonOf, SshAccess, Verdict } from './check-kind.ts';

/** What can go wrong before a command over SSH says anything. */
export type SshReasons = {
  accessMissing: Record<string, never>;
  sshUnreachable: { host: string; port: number };
  sshTimeout: { host: string; phase: string };
  sshHostKey: { host: string; changed: boolean };
  sshSignIn: { host: string; user: string };
  sshFailed: { host: string; kind: string };
};

type SshTexts = { readonly [Code in keyof SshReasons]: (data: SshReasons[Code]) => string };

type TooLate = Readonly<Record<string, (host: string) => string>> & { readonly connect: (host: string) => string };

const tooLate: Readonly<Record<Language, TooLate>> = {
  en: {
    queue: (host) => `No SSH connection to ${host} was free in time, and none could be opened.`,
    silent: (host) => `${host} no longer answers on the SSH connection that is open to it.`,
    connect: (host) => `${host} did not accept an SSH connection in time.`,
    handshake: (host) => `The SSH server of ${host} did not finish exchanging keys in time.`,
    'sign-in': (host) => `The SSH server of ${host} did not answer the sign-in in time.`,
    command: (host) => `The command on ${host} did not end in time.`,
  },
  fr: {
    queue: (host) => `Aucune connexion SSH vers ${host} n’a été libre à temps, et aucune n’a pu être ouverte.`,
    silent: (host) => `${host} ne répond plus sur la connexion SSH qui est ouverte vers lui.`,
    connect: (host) => `${host} n’a pas accepté à temps de connexion SSH.`,
    handshake: (host) => `Le serveur SSH de ${host} n’a pas fini à temps l’échange des clés.`,
    'sign-in': (host) => `Le serveur SSH de ${host} n’a pas répondu à temps à l’authentification.`,
    command: (host) => `La commande sur ${host} ne s’est pas terminée à temps.`,
  },
};

/** The sentences for SSH failures, to be spread into a kind's own. */
export const sshTexts: Readonly<Record<Language, SshTexts>> = {
  en: {
    accessMissing: () => 'This host has no SSH access yet: add an account and its key to the host first.',
    sshUnreachable: ({ host, port }) => `The SSH server of ${host} is not reachable on port ${port}.`,
    sshTimeout: ({ host, phase }) => (tooLate.en[phase] ?? tooLate.en.connect)(host),
    sshHostKey: ({ host, changed }) =>
      changed
        ? `${host} shows another host key than the one agreed. Find out why before you accept it.`
        : `The host key of ${host} has not been accepted yet.`,
    sshSignIn: ({ host, user }) => `${host} does not accept the credential of ${user}.`,
    sshFailed: ({ host, kind }) => `The SSH connection to ${host} failed (${kind}).`,
  },
  fr: {
    accessMissing: () => 'Cet hôte n’a pas encore d’accès SSH : ajoutez-lui d’abord un compte et sa clé.',
    sshUnreachable: ({ host, port }) => `Le serveur SSH de ${host} n’est pas joignable sur le port ${port}.`,
    sshTimeout: ({ host, phase }) => (tooLate.fr[phase] ?? tooLate.fr.connect)(host),
    sshHostKey: ({ host, changed }) =>
      changed
        ? `${host} présente une autre clé d’hôte que celle convenue. Cherchez pourquoi avant de l’accepter.`
        : `La clé d’hôte de ${host} n’a pas encore été acceptée.`,
    sshSignIn: ({ host, user }) => `${host} n’accepte pas les identifiants de ${user}.`,
    sshFailed: ({ host, kind }) => `La connexion SSH à ${host} a échoué (${kind}).`,
  },
};

interface SshResult extends Omit<CheckResult, 'reason'> {
  readonly reason: ReasonOf<SshReasons>;
}

/** The result for a command that could not be run. An error of another sort is thrown on: it is a fault of ours. */
export function sshResult(error: unknown, startedMs: number, context: CheckContext): SshResult {
  if (!(error instanceof SshFailure)) throw error;
  const [verdict, reason] = judge(error);
  return { verdict, reason, output: '', metrics: [], durationMs: context.clock.nowMs() - startedMs };
}

/** The result for a host that Vigie has no account on. */
export function accessMissing(): SshResult {
  return { verdict: 'unknown', reason: { code: 'accessMissing', data: {} }, output: '', metrics: [], durationMs: 0 };
}

function judge({ kind, detail }: SshFailure): [Verdict, ReasonOf<SshReasons>] {
  const { host, port, user = '', phase } = detail;
  switch (kind) {
    case 'refused':
    case 'unreachable':
      return ['down', { code: 'sshUnreachable', data: { host, port } }];
    case 'timeout':
      // Waiting for a free connection is our own queue, not the target's fault, for as long as the target answers on it.
      return [phase === 'queue' ? 'unknown' : 'down', { code: 'sshTimeout', data: { host, phase } }];
    case 'host-key-unknown':
    case 'host-key-changed':
      return ['unknown', { code: 'sshHostKey', data: { host, changed: kind === 'host-key-changed' } }];
    case 'auth':
    case 'credential':
      return ['unknown', { code: 'sshSignIn', data: { host, user } }];
    default:
      return [
        kind === 'aborted' || kind === 'unresolved' ? 'unknown' : 'down',
        { code: 'sshFailed', data: { host, kind } },
      ];
  }
}

/** Runs a bounded command with the time that the check has. Throws SshFailure. */
export function runOverSsh(
  ssh: SshAccess,
  command: string,
  context: CheckContext,
): ReturnType<SshAccess['transport']['exec']> {
  return ssh.transport.exec(ssh.target, command, {
    timeoutMs: context.timeoutMs,
    maxOutputBytes: 65_536,
    signal: context.signal,
  });
}
