import { randomBytes } from 'node:crypto';
import { shellQuote } from './shell-quote.ts';

/**
 * Makes a command that can be ended later. Closing a channel leaves the command running, and sshd ignores signal
 * requests in sessions of root; so the shell first says its process id on the error stream, in one line that we take out
 * again. sshd gives each command a session of its own: the id is also that of its process group.
 */
export class RemoteGroup {
  readonly command: string;
  /** Resolves when the process id is known, or will not be. */
  readonly announced: Promise<void>;
  readonly #announce: () => void;
  readonly #mark: string;
  #pid: number | undefined;
  #head: Buffer | undefined = Buffer.alloc(0);

  constructor(command: string) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.announced = promise;
    this.#announce = resolve;
    this.#mark = `vigie-${randomBytes(9).toString('hex')} `;
    // `exec` and single quotes mean the same in every login shell; what is inside them is for sh alone.
    this.command = `exec /bin/sh -c ${shellQuote(`echo '${this.#mark}'$$ >&2\n${command}`)}`;
  }

  /** Takes our line out of the error stream; gives back what belongs to the command. */
  filter(chunk: Buffer): Buffer {
    if (this.#head === undefined) return chunk;
    const head = Buffer.concat([this.#head, chunk]);
    const at = head.indexOf(this.#mark);
    const end = at < 0 ? -1 : head.indexOf('\n', at);
    if (end >= 0) {
      this.#head = undefined;
      this.#pid = Number(head.toString('latin1', at + this.#mark.length, end));
      this.#announce();
      return Buffer.concat([head.subarray(0, at), head.subarray(end + 1)]);
    }
    // Start-up files of the account may print before us, but not for ever.
    if (head.length > 65_536) {
      this.#head = undefined;
      this.#announce();
      return head;
    }
    this.#head = head;
    return Buffer.alloc(0);
  }

  /** What was held back waiting for our line, when the stream ends without it. */
  rest(): Buffer {
    const rest = this.#head ?? Buffer.alloc(0);
    this.#head = undefined;
    this.#announce();
    return rest;
  }

  /** The command that ends the group, kindly for a second, then not; undefined while the id is not known. */
  get killCommand(): string | undefined {
    const pid = this.#pid;
    if (pid === undefined || !Number.isSafeInteger(pid) || pid < 2) return undefined;
    return [
      `kill -s TERM -- -${pid} 2>/dev/null`,
      'i=0',
      `while kill -s 0 -- -${pid} 2>/dev/null && [ "$i" -lt 10 ]; do sleep 0.1 2>/dev/null || sleep 1; i=$((i+1)); done`,
      `kill -s KILL -- -${pid} 2>/dev/null`,
      ':',
    ].join('\n');
  }
}
