import { lookup as lookupOf } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { addressClass, type AddressClass } from '#probe/address-class.ts';
import { Agent, request } from 'undici';
import type { PostForm } from '#mail/transport/oauth-token.ts';

// An administrator may have mailboxes on this machine and in private networks. What is link-local is open to nobody:
// cloud providers hand out the machine's own credentials there.
const closed: ReadonlySet<AddressClass> = new Set<AddressClass>(['linkLocal', 'metadata', 'unusable']);

/** Whether mail may be spoken with this numeric address. */
export function mayMail(address: string): boolean {
  return !closed.has(addressClass(address));
}

export type Reached =
  /** `serverName`: what the certificate has to be for; null when the address itself was given. */
  | { readonly outcome: 'found'; readonly address: string; readonly serverName: string | null }
  | { readonly outcome: 'forbidden'; readonly address: string }
  | { readonly outcome: 'unknown' };

const lookupTimeoutMs = 5_000;

/** The address of a mail server, judged: this very one is connected to, so that its name cannot lead elsewhere meanwhile. */
export async function reachOf(host: string): Promise<Reached> {
  if (isIP(host) !== 0)
    return mayMail(host)
      ? { outcome: 'found', address: host, serverName: null }
      : { outcome: 'forbidden', address: host };
  const late = new Promise<never[]>((resolve) => setTimeout(resolve, lookupTimeoutMs, []).unref());
  const found = await Promise.race([lookup(host, { all: true }).catch(() => []), late]);
  const forbidden = found.find(({ address }) => !mayMail(address));
  if (forbidden !== undefined) return { outcome: 'forbidden', address: forbidden.address };
  const [first] = found;
  return first === undefined ? { outcome: 'unknown' } : { outcome: 'found', address: first.address, serverName: host };
}

/** The addresses that are judged are those that are connected to. */
const judgedLookup: LookupFunction = (name, options, callback) => {
  lookupOf(name, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, []);
    if (!addresses.every(({ address }) => mayMail(address))) return callback(new Error(`${name} is not open`), []);
    const [first] = addresses;
    if (options.all === true || first === undefined) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};

const mostAnswerBytes = 200_000;

/** Posts a form to a giver of tokens; its address is judged when it is connected to, redirections are not followed. */
export const postJudged: PostForm = async (url, form, signal) => {
  const host = new URL(url).hostname.replace(/^\[|\]$/gu, '');
  if (isIP(host) !== 0 && !mayMail(host)) throw new Error(`${host} is not open`);
  const agent = new Agent({ connect: { lookup: judgedLookup, timeout: 10_000 }, pipelining: 0 });
  try {
    const answer = await request(url, {
      method: 'POST',
      dispatcher: agent,
      signal,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    });
    const parts: Buffer[] = [];
    let length = 0;
    for await (const part of answer.body) {
      if (!Buffer.isBuffer(part)) continue;
      length += part.length;
      if (length > mostAnswerBytes) break;
      parts.push(part);
    }
    return { status: answer.statusCode, text: Buffer.concat(parts).toString('utf8') };
  } finally {
    await agent.destroy();
  }
};
