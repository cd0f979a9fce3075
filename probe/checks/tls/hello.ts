import { randomBytes } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import { weakCiphers, usualCiphers } from './cipher-numbers.ts';

/** Versions of the protocol as they stand on the wire. */
export const tlsVersions = { 'SSL 3.0': 0x0300, 'TLS 1.0': 0x0301, 'TLS 1.1': 0x0302, 'TLS 1.2': 0x0303 } as const;
export type TlsVersion = keyof typeof tlsVersions;

/** What a server said to an offer, before anything is encrypted. */
export interface ServerWords {
  /** As on the wire; undefined when it agreed to nothing. */
  readonly version: number | undefined;
  readonly cipher: number | undefined;
  /** The certificates as it sent them, DER. */
  readonly chain: readonly Buffer[];
  /** Whether it sent word of its authority about revocation (an OCSP staple). */
  readonly stapled: boolean;
}

const longestBytes = 131_072;
const handshakeRecord = 22;
const messages = { serverHello: 2, certificate: 11, certificateStatus: 22, serverHelloDone: 14 } as const;

/**
 * Says a first word over an open line and reads the answer up to where encryption would begin. OpenSSL itself no longer
 * speaks what is looked for here (SSL 3.0, RC4, export ciphers), so the offer is made by hand (RFC 5246, section 7.4).
 */
export function offerHello(
  socket: Socket,
  offer: { readonly version: TlsVersion; readonly ciphers: 'weak' | 'usual'; readonly name: string },
  timeoutMs: number,
): Promise<ServerWords> {
  return new Promise((resolve) => {
    const reader = new HandshakeReader();
    const settle = (): void => {
      clearTimeout(timer);
      resolve(reader.words());
    };
    const timer = setTimeout(settle, timeoutMs);
    socket.on('error', settle).on('end', settle).on('close', settle);
    socket.on('data', (chunk: Buffer) => {
      if (reader.take(chunk)) settle();
    });
    socket.write(clientHello(offer));
  });
}

/** Puts records together into messages; anything that is no handshake ends it. */
class HandshakeReader {
  #received = 0;
  #records: Buffer = Buffer.alloc(0);
  #messages: Buffer = Buffer.alloc(0);
  #version: number | undefined;
  #cipher: number | undefined;
  #chain: Buffer[] = [];
  #stapled = false;

  words(): ServerWords {
    return { version: this.#version, cipher: this.#cipher, chain: this.#chain, stapled: this.#stapled };
  }

  /** Whether there is nothing more to wait for. */
  take(chunk: Buffer): boolean {
    this.#received += chunk.length;
    if (this.#received > longestBytes) return true;
    this.#records = Buffer.concat([this.#records, chunk]);
    while (this.#records.length >= 5) {
      const length = this.#records.readUInt16BE(3);
      if (this.#records.readUInt8(0) !== handshakeRecord) return true;
      if (this.#records.length < 5 + length) return false;
      this.#messages = Buffer.concat([this.#messages, this.#records.subarray(5, 5 + length)]);
      this.#records = this.#records.subarray(5 + length);
      if (this.#readMessages()) return true;
    }
    return false;
  }

  #readMessages(): boolean {
    while (this.#messages.length >= 4) {
      const length = this.#messages.readUIntBE(1, 3);
      if (this.#messages.length < 4 + length) return false;
      const body = this.#messages.subarray(4, 4 + length);
      const type = this.#messages.readUInt8(0);
      this.#messages = this.#messages.subarray(4 + length);
      if (type === messages.serverHello && !this.#readServerHello(body)) return true;
      if (type === messages.certificate) this.#chain = certificatesIn(body);
      if (type === messages.certificateStatus) this.#stapled = body.length > 4;
      if (type === messages.serverHelloDone) return true;
    }
    return false;
  }

  #readServerHello(body: Buffer): boolean {
    // Version, 32 random bytes, the session's name with its length, the cipher.
    const session = body[34] ?? 0;
    if (body.length < 37 + session) return false;
    this.#version = body.readUInt16BE(0);
    this.#cipher = body.readUInt16BE(35 + session);
    return true;
  }
}

function certificatesIn(body: Buffer): Buffer[] {
  const chain: Buffer[] = [];
  for (let at = 3; at + 3 <= body.length && chain.length < 20;) {
    const length = body.readUIntBE(at, 3);
    if (at + 3 + length > body.length) break;
    chain.push(body.subarray(at + 3, at + 3 + length));
    at += 3 + length;
  }
  return chain;
}

function clientHello({
  version,
  ciphers,
  name,
}: {
  version: TlsVersion;
  ciphers: 'weak' | 'usual';
  name: string;
}): Buffer {
  const numbers = ciphers === 'weak' ? [...weakCiphers.keys()] : usualCiphers;
  const offered = Buffer.concat(numbers.map(sixteen));
  const body = Buffer.concat([
    sixteen(tlsVersions[version]),
    randomBytes(32),
    Buffer.from([0]),
    sized(2, offered),
    Buffer.from([1, 0]),
    // SSL 3.0 knows no extensions.
    ...(version === 'SSL 3.0' ? [] : [sized(2, extensions(name, version))]),
  ]);
  const message = Buffer.concat([Buffer.from([1]), sized(3, body)]);
  const recordVersion = version === 'SSL 3.0' ? 0x0300 : 0x0301;
  return Buffer.concat([Buffer.from([handshakeRecord]), sixteen(recordVersion), sized(2, message)]);
}

function extensions(name: string, version: TlsVersion): Buffer {
  const serverName = Buffer.concat([Buffer.from([0]), sized(2, Buffer.from(name, 'latin1'))]);
  const all: (readonly [number, Buffer])[] = [
    // Names only: an address is not one (RFC 6066).
    ...(isIP(name) === 0 ? [[0, sized(2, serverName)] as const] : []),
    // An OCSP staple, from whichever responder.
    [5, Buffer.from([1, 0, 0, 0, 0])],
    // Curves: P-256, P-384, P-521, X25519.
    [10, sized(2, Buffer.concat([0x17, 0x18, 0x19, 0x1d].map(sixteen)))],
    [11, sized(1, Buffer.from([0]))],
    ...(version === 'TLS 1.2' ? [[13, sized(2, Buffer.concat(signatures.map(sixteen)))] as const] : []),
  ];
  return Buffer.concat(all.map(([type, data]) => Buffer.concat([sixteen(type), sized(2, data)])));
}

// ECDSA, RSA-PSS and RSA with SHA-2, Ed25519, and the SHA-1 ones that old servers insist on.
const signatures = [
  0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0807, 0x0401, 0x0501, 0x0601, 0x0203, 0x0201, 0x0202,
];

function sixteen(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255]);
}

/** Data behind its length. */
function sized(bytes: 1 | 2 | 3, data: Buffer): Buffer {
  const length = Buffer.alloc(bytes);
  length.writeUIntBE(data.length, 0, bytes);
  return Buffer.concat([length, data]);
}
