/**
 * What can go wrong between us and a server, as a closed list. The sentences a person reads are written elsewhere,
 * from the kind and the detail.
 *
 * - `unresolved` the name has no address
 * - `refused` the address answers, nothing listens on the port
 * - `unreachable` no route, or the network is down
 * - `timeout` nothing happened in time; `phase` says during what
 * - `protocol` what answers does not speak SSH as we do
 * - `host-key-unknown` no key is pinned for this server; `offeredKey` is the one it showed
 * - `host-key-changed` keys are pinned and the server showed another one
 * - `credential` our own private key cannot be read (damaged, or wrong passphrase)
 * - `auth` the server does not accept the credential; `acceptedMethods` is what it would take
 * - `channel` signed in, but the server will not open a session or run a command
 * - `closed` the connection ended before the command did
 * - `aborted` we gave up because the caller asked us to
 */
export type SshFailureKind =
  | 'unresolved'
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'protocol'
  | 'host-key-unknown'
  | 'host-key-changed'
  | 'credential'
  | 'auth'
  | 'channel'
  | 'closed'
  | 'aborted';

/**
 * How far we had come. Only in `command` may anything have happened on the server. `queue`: others had every place on a
 * connection whose server answers; `silent`: they had, and the server answers nothing any more.
 */
export type SshPhase = 'queue' | 'silent' | 'connect' | 'handshake' | 'sign-in' | 'command';

/** The facts a sentence about the failure needs. */
export interface SshFailureDetail {
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly phase: SshPhase;
  /** The server's key in OpenSSH form, for `host-key-unknown` and `host-key-changed`. */
  readonly offeredKey?: string;
  /** Sign-in methods the server offers, for `auth`. */
  readonly acceptedMethods?: readonly string[];
  /** The library's or the system's own words, for the log; never shown as the explanation. */
  readonly reason?: string;
}

/** Every failure of a transport is one of these; anything else thrown is a bug. */
export class SshFailure extends Error {
  readonly kind: SshFailureKind;
  readonly detail: SshFailureDetail;

  constructor(kind: SshFailureKind, detail: SshFailureDetail) {
    super(
      `ssh ${kind} during ${detail.phase}, ${detail.host} port ${detail.port}${detail.reason ? `: ${detail.reason}` : ''}`,
    );
    this.name = 'SshFailure';
    this.kind = kind;
    this.detail = detail;
  }

  /** Whether the command may have begun on the server: if so, repeating it is not harmless. */
  get mayHaveRun(): boolean {
    return this.detail.phase === 'command';
  }
}
