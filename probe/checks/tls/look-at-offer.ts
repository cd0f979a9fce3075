import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { z } from 'zod';
import type { CheckContext } from '#probe/check-kind.ts';
import { ConnectionFailure } from '#probe/open-connection.ts';
import { weakCiphers } from './cipher-numbers.ts';
import { offerHello, tlsVersions, type ServerWords, type TlsVersion } from './hello.ts';

const offerSchema = z.object({
  /** Versions that nobody should offer any more, and are. */
  oldVersions: z.array(z.string()),
  /** The weak cipher that the server takes when it is given nothing better; empty when it takes none. */
  weakCipher: z.string(),
  /** How the certificates stand that it sends; `unseen` where only TLS 1.3 is spoken, which hides them. */
  chain: z.enum(['good', 'disordered', 'leafOnly', 'unseen']),
  chainLength: z.number(),
  stapled: z.boolean(),
});

/** What a server would agree to, if somebody asked. */
export type TlsOffer = z.infer<typeof offerSchema>;

const remembered = z.object({ atMs: z.number(), offer: offerSchema.optional() });
// It takes five more connections and changes when somebody changes the server: seldom.
const keptMs = 3_600_000;
// A server that did not answer in time is not asked at every run for it.
const retriedMs = 600_000;

/** Opens a line on which the server waits for a first word of TLS. */
export type OpenLine = () => Promise<Socket>;

/**
 * Asks a server what it would agree to, at most once an hour; in between the last answer holds. Undefined when it did not
 * answer in time: then there is nothing to say of it.
 */
export async function lookAtOffer(
  openLine: OpenLine,
  name: string,
  deadlineMs: number,
  context: CheckContext,
): Promise<TlsOffer | undefined> {
  const nowMs = context.clock.nowMs();
  const known = context.memory.get('offer');
  if (typeof known === 'string') {
    const { atMs, offer } = remembered.parse(JSON.parse(known));
    if (nowMs - atMs < (offer === undefined ? retriedMs : keptMs)) return offer;
  }
  const offer = await ask(openLine, name, deadlineMs, context);
  context.memory.set('offer', JSON.stringify({ atMs: nowMs, offer }));
  return offer;
}

async function ask(
  openLine: OpenLine,
  name: string,
  deadlineMs: number,
  context: CheckContext,
): Promise<TlsOffer | undefined> {
  const oldVersions: string[] = [];
  const say = async (version: TlsVersion, ciphers: 'weak' | 'usual'): Promise<ServerWords | undefined> => {
    const leftMs = deadlineMs - context.clock.nowMs();
    if (leftMs < 50) return undefined;
    const socket = await openLine();
    try {
      return await offerHello(socket, { version, ciphers, name }, Math.min(leftMs, 2_000));
    } finally {
      socket.destroy();
    }
  };
  try {
    for (const version of ['SSL 3.0', 'TLS 1.0', 'TLS 1.1'] as const) {
      const words = await say(version, 'usual');
      if (words === undefined) return undefined;
      if (words.version === tlsVersions[version]) oldVersions.push(version);
    }
    const weak = await say('TLS 1.2', 'weak');
    const usual = await say('TLS 1.2', 'usual');
    if (weak === undefined || usual === undefined) return undefined;
    const cipher = weak.version === undefined ? undefined : weakCiphers.get(weak.cipher ?? 0);
    return { oldVersions, weakCipher: cipher ?? '', ...chainOf(usual), stapled: usual.stapled };
  } catch (error) {
    // A server that shuts its door after some knocks has still been judged by the first connection.
    if (error instanceof ConnectionFailure && error.reason.code !== 'stopped') return undefined;
    throw error;
  }
}

function chainOf({ chain }: ServerWords): Pick<TlsOffer, 'chain' | 'chainLength'> {
  const chainLength = chain.length;
  try {
    const certificates = chain.map((der) => new X509Certificate(der));
    const [leaf] = certificates;
    if (leaf === undefined) return { chain: 'unseen', chainLength };
    const ordered = certificates.every((each, at) => {
      const next = certificates[at + 1];
      return next === undefined || each.checkIssued(next);
    });
    if (!ordered) return { chain: 'disordered', chainLength };
    return { chain: chainLength === 1 && !leaf.checkIssued(leaf) ? 'leafOnly' : 'good', chainLength };
  } catch {
    return { chain: 'disordered', chainLength };
  }
}
