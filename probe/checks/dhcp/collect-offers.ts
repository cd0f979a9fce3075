import { randomInt } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { setTimeout as wait } from 'node:timers/promises';
import type { CheckContext } from '#probe/check-kind.ts';
import { dhcpDiscover, readDhcpOffer, type DhcpOffer } from './dhcp-message.ts';

/** Where offers are asked for. */
export interface DhcpLink {
  /** The machine's own address there. */
  readonly address: string;
  readonly hardware: Buffer;
}

/** `denied`: not allowed to listen on the client's port; `taken`: another program does; `failed`: the system's own word. */
export type Collected =
  | { readonly kind: 'offers'; readonly offers: readonly DhcpOffer[]; readonly firstMs: number | undefined }
  | { readonly kind: 'denied' | 'taken' }
  | { readonly kind: 'failed'; readonly code: string };

const [serverPort, clientPort] = [67, 68];
const everybody = '255.255.255.255';
const mostOffers = 20;

/**
 * Broadcasts the question and listens for as long as given. One socket listens on every address, because an offer is
 * broadcast; another sends from the link's own address, by which the system knows which link is meant.
 */
export async function collectOffers(link: DhcpLink, listenMs: number, context: CheckContext): Promise<Collected> {
  const transaction = randomInt(2 ** 32 - 1);
  const listener = createSocket({ type: 'udp4', reuseAddr: true });
  const sender = createSocket({ type: 'udp4', reuseAddr: true });
  const offers = new Map<string, DhcpOffer>();
  const startedMs = context.clock.nowMs();
  let firstMs: number | undefined;
  listener.on('message', (bytes, from) => {
    const offer = readDhcpOffer(bytes, transaction, from.address);
    if (offer === undefined || offers.size >= mostOffers) return;
    firstMs ??= context.clock.nowMs() - startedMs;
    if (!offers.has(offer.server)) offers.set(offer.server, offer);
  });
  const enough = new AbortController();
  const stop = (): void => enough.abort();
  context.signal.addEventListener('abort', stop);
  try {
    await bound(listener, '0.0.0.0', clientPort);
    await bound(sender, link.address, clientPort);
    sender.setBroadcast(true);
    const question = dhcpDiscover(transaction, link.hardware);
    await sent(sender, question);
    // Twice: a broadcast may be lost, and a server may first look whether the address is free.
    await wait(listenMs / 2, undefined, { signal: enough.signal });
    if (offers.size === 0) await sent(sender, question);
    await wait(listenMs / 2, undefined, { signal: enough.signal });
    return { kind: 'offers', offers: [...offers.values()], firstMs };
  } catch (error) {
    if (context.signal.aborted) return { kind: 'failed', code: 'stopped' };
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'EACCES' || code === 'EPERM') return { kind: 'denied' };
    return code === 'EADDRINUSE' ? { kind: 'taken' } : { kind: 'failed', code: code.slice(0, 100) };
  } finally {
    context.signal.removeEventListener('abort', stop);
    listener.close();
    sender.close();
  }
}

function bound(socket: Socket, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    // Stays: a late error of a socket must not end the process.
    socket.on('error', reject);
    socket.bind(port, address, resolve);
  });
}

function sent(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(bytes, serverPort, everybody, (error) => (error === null ? resolve() : reject(error)));
  });
}
