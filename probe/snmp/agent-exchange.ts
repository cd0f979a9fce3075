import type { CheckContext } from '../check-kind.ts';
import type { FoundAddress } from '../name-lookup.ts';
import { connectionReason, ConnectionFailure } from '../open-connection.ts';
import { AgentSocket } from './agent-socket.ts';
import type { SnmpAccess } from './snmp-access.ts';
import { reasonOf, SnmpFailure } from './snmp-failure.ts';

/** One question to the library: it calls back with an error or an answer. */
type Question<Answer> = (done: (error: Error | null, answer?: Answer) => void) => void;

/** Keeps the time of a conversation with an agent, and tells why it failed. */
export class AgentExchange implements Disposable {
  readonly socket: AgentSocket;
  readonly #access: SnmpAccess;
  readonly #address: string;
  readonly #context: CheckContext;
  readonly #timer: NodeJS.Timeout;
  readonly #waiting = new Set<(error: Error) => void>();
  #failure: Error | undefined;
  #malformed = false;
  #answered = false;

  constructor(access: SnmpAccess, to: FoundAddress, deadlineMs: number, context: CheckContext) {
    this.#access = access;
    this.#address = to.address;
    this.#context = context;
    this.socket = new AgentSocket(
      to,
      access.port,
      (error) => this.#fail(new ConnectionFailure(connectionReason(error, to.address, access.port))),
      this.malformed,
    );
    this.#timer = setTimeout(() => this.#fail(this.#silence()), Math.max(1, deadlineMs - context.clock.nowMs()));
    context.signal.addEventListener('abort', this.#onAbort);
    if (context.signal.aborted) this.#onAbort();
  }

  /** Something came that is no SNMP: remembered, in case nothing better comes. */
  readonly malformed = (): void => {
    this.#malformed = true;
  };

  readonly #onAbort = (): void => this.#fail(new ConnectionFailure({ code: 'stopped', data: {} }));

  /** Asks one question. Throws SnmpFailure and ConnectionFailure. */
  ask<Answer>(question: Question<Answer>): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure);
        return;
      }
      const giveUp = (error: Error): void => {
        this.#waiting.delete(giveUp);
        reject(error);
      };
      this.#waiting.add(giveUp);
      question((error, answer) => {
        this.#waiting.delete(giveUp);
        if (error === null && answer !== undefined) {
          this.#answered = true;
          resolve(answer);
        } else if (error?.name === 'RequestTimedOutError') reject(this.#failure ?? this.#silence());
        else reject(this.#failure ?? new SnmpFailure(reasonOf(error, this.#access)));
      });
    });
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const reject of this.#waiting) reject(this.#failure);
  }

  #silence(): SnmpFailure {
    const { port, version, securityLevel } = this.#access;
    const address = this.#address;
    const ms = Math.round(this.#context.timeoutMs);
    if (this.#malformed) return new SnmpFailure({ code: 'malformed', data: { address } });
    // The engine showed itself to a stranger's question; agents that cannot decrypt what follows mostly just drop it.
    if (version === '3' && this.socket.heard && !this.#answered && securityLevel === 'authPriv')
      return new SnmpFailure({ code: 'encryptedUnanswered', data: {} });
    if (this.#answered || this.socket.heard) return new SnmpFailure({ code: 'fellSilent', data: { address, ms } });
    return new SnmpFailure({ code: version === '3' ? 'noEngine' : 'noAgent', data: { address, port, ms } });
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#context.signal.removeEventListener('abort', this.#onAbort);
    this.#failure ??= new ConnectionFailure({ code: 'stopped', data: {} });
  }
}
