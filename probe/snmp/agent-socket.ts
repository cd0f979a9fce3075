import { createSocket, type Socket } from 'node:dgram';
import { EventEmitter } from 'node:events';
import type { FoundAddress } from '../name-lookup.ts';

type Sent = (error: Error | null, bytes: number) => void;
// Bytes, offset, length, port, address, and whom to tell.
type Sending = [Buffer, number, number, number, string, Sent];

/**
 * The socket that the SNMP library is given in place of its own. It is connected, so datagrams of strangers are dropped and
 * a closed port is told at once; and what is malformed never throws out of the event loop: it is told to `onMalformed`.
 */
export class AgentSocket extends EventEmitter {
  readonly #socket: Socket;
  readonly #unsent: (() => void)[] = [];
  #connected = false;
  #closed = false;
  /** Whether anything came from the agent. */
  heard = false;

  constructor(to: FoundAddress, port: number, onFault: (error: Error) => void, onMalformed: () => void) {
    super();
    this.#socket = createSocket({ type: to.family === 6 ? 'udp6' : 'udp4' });
    this.#socket.on('error', onFault);
    this.#socket.on('connect', () => {
      this.#connected = true;
      for (const send of this.#unsent.splice(0)) send();
    });
    this.#socket.on('message', (bytes, from) => {
      this.heard = true;
      try {
        this.emit('message', bytes, from);
      } catch {
        onMalformed();
      }
    });
    this.#socket.connect(port, to.address);
  }

  /** As the library calls it; port and address are those of the connection already. */
  send(...[buffer, , length, , , sent]: Sending): void {
    const send = (): void => {
      if (!this.#closed) this.#socket.send(buffer, 0, length, (error) => sent(error, length));
    };
    if (this.#connected) send();
    else this.#unsent.push(send);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.close();
    this.emit('close');
  }

  // The library lets its socket not hold the process; a check's own deadline sees to that.
  ref(): void {
    if (!this.#closed) this.#socket.ref();
  }

  unref(): void {
    if (!this.#closed) this.#socket.unref();
  }
}
