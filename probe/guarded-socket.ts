import type { Socket } from 'node:net';

/** What became of a socket that a library was given. */
export interface SocketGuard {
  readonly limitBytes: number;
  /** More was received than may be; the socket was destroyed. */
  exceeded(): boolean;
  /** What the library threw over something that was received; the socket was destroyed. */
  fault(): Error | undefined;
  /** From now on everything received passes through `screen` before the library sees it. */
  screenWith(screen: Screen): void;
}

/** Gives what of the received bytes may be passed on by now, possibly nothing. Throws over what may never be. */
export type Screen = (received: Buffer) => Buffer;

/**
 * Makes a socket fit to be given to a client library that meets hostile servers. Libraries believe the lengths that a
 * server announces and gather until they have them: the socket is destroyed after `limitBytes`. And some throw while they
 * read, where nobody can catch it and the process would end: what a listener throws destroys the socket and is kept.
 * For TLS, give the TLS socket.
 */
export function guardSocket(socket: Socket, limitBytes: number): SocketGuard {
  let received = 0;
  let thrown: Error | undefined;
  let screen: Screen | undefined;
  const fail = (error: unknown): void => {
    thrown ??= error instanceof Error ? error : new Error(String(error));
    socket.destroy();
  };
  const push = socket.push.bind(socket);
  const emit = socket.emit.bind(socket);
  // What arrives passes through here before any listener; a listener of our own would start the flow too early.
  socket.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    received += chunk instanceof Uint8Array ? chunk.byteLength : 0;
    if (received > limitBytes) {
      socket.destroy();
      return false;
    }
    if (screen === undefined || !(chunk instanceof Uint8Array)) return push(chunk, encoding);
    try {
      const passed = screen(Buffer.from(chunk));
      // Nothing yet: true keeps the socket reading.
      return passed.length === 0 ? true : push(passed);
    } catch (error) {
      fail(error);
      return false;
    }
  };
  socket.emit = (event: string | symbol, ...words: unknown[]): boolean => {
    try {
      return emit(event, ...words);
    } catch (error) {
      fail(error);
      return true;
    }
  };
  // A late error that no library waits for any more.
  socket.on('error', () => undefined);
  return {
    limitBytes,
    exceeded: () => received > limitBytes,
    fault: () => thrown,
    screenWith: (wanted) => (screen = wanted),
  };
}
