/** What an SSH server says before anything is agreed: its name and all algorithms it would take (RFC 4253, 4.2 and 7.1). */
export interface ServerOffer {
  readonly banner: string | undefined;
  readonly kex: readonly string[];
  readonly hostKeys: readonly string[];
  readonly ciphers: readonly string[];
  readonly macs: readonly string[];
}

const bannerLimit = 255;
const greetingLimit = 8 * 1024;
const packetLimit = 35_000;
const keyExchangeInit = 20;

/** Reads the first bytes of a server as they come. */
export class OfferReader {
  #bytes = Buffer.alloc(0);

  take(chunk: Buffer): void {
    if (this.#bytes.length < greetingLimit + packetLimit) this.#bytes = Buffer.concat([this.#bytes, chunk]);
  }

  /** What was said so far; `firstLine` is for servers that are none. */
  read(): ServerOffer & { readonly firstLine: string } {
    const text = this.#bytes.toString('latin1', 0, greetingLimit);
    const firstLine = (text.split('\n')[0] ?? '').trim().slice(0, 100);
    // Lines before the banner are allowed; they are meant for people.
    const match = /(?:^|\n)(SSH-[^\r\n]*)\r?\n/u.exec(text);
    if (match === null) return { banner: undefined, kex: [], hostKeys: [], ciphers: [], macs: [], firstLine };
    const lists = readLists(
      this.#bytes.subarray(Buffer.byteLength(text.slice(0, match.index + match[0].length), 'latin1')),
    );
    return {
      banner: (match[1] ?? '').slice(0, bannerLimit),
      kex: lists[0] ?? [],
      hostKeys: lists[1] ?? [],
      ciphers: lists[3] ?? [],
      macs: lists[5] ?? [],
      firstLine,
    };
  }
}

function readLists(packet: Buffer): string[][] {
  const lists: string[][] = [];
  if (packet.length < 22) return lists;
  const length = packet.readUInt32BE(0);
  if (length > packetLimit || packet.length < 4 + length || packet[5] !== keyExchangeInit) return lists;
  let at = 22;
  for (let list = 0; list < 10 && at + 4 <= packet.length; list += 1) {
    const size = packet.readUInt32BE(at);
    if (at + 4 + size > 4 + length) break;
    lists.push(packet.toString('latin1', at + 4, at + 4 + size).split(','));
    at += 4 + size;
  }
  return lists;
}

const weakKex = /sha1$|^diffie-hellman-group1-/u;
const weakHostKeys = /^(?:ssh-dss|ssh-rsa)(?:-cert.*)?$/u;
const weakCiphers = /cbc|^arcfour|^none$|^blowfish|^cast128|^des/u;
const weakMacs = /md5|-96|^none$|ripemd/u;

/** The algorithms of an offer that nobody should agree to any more. */
export function weakAlgorithms({ kex, hostKeys, ciphers, macs }: ServerOffer): string[] {
  const found = [
    ...kex.filter((name) => weakKex.test(name)),
    ...hostKeys.filter((name) => weakHostKeys.test(name)),
    ...ciphers.filter((name) => weakCiphers.test(name)),
    ...macs.filter((name) => weakMacs.test(name)),
  ];
  return [...new Set(found)];
}
