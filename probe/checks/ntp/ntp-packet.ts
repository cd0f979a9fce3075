/** What a time server says of itself and of the time (RFC 5905, section 7.3); times are milliseconds since 1970. */
export interface NtpAnswer {
  /** 0 no warning, 1 and 2 a leap second at the end of the day, 3 the clock is not synchronised. */
  readonly leap: number;
  readonly mode: number;
  /** 0 in a kiss-o'-death packet, 1 a primary server, 16 not synchronised. */
  readonly stratum: number;
  readonly rootDelayMs: number;
  readonly rootDispersionMs: number;
  /** What the server follows: four letters for stratum 0 and 1, else an address or a hash. */
  readonly reference: string;
  /** The bytes by which an answer is known to belong to its question. */
  readonly origin: Buffer;
  readonly receivedMs: number;
  readonly sentMs: number;
}

// Seconds between 1900, where NTP begins, and 1970.
const epochSeconds = 2_208_988_800;
const eraSeconds = 2 ** 32;
const packetBytes = 48;

/**
 * A client's question. The transmit timestamp is random: the server only gives it back, so it need not tell our time to
 * everybody on the way, and it cannot be guessed by who would answer in the server's place (RFC 9109's reason).
 */
export function ntpQuestion(cookie: Buffer): Buffer {
  const packet = Buffer.alloc(packetBytes);
  // No leap warning, version 4, mode 3 (client).
  packet[0] = 0x23;
  cookie.copy(packet, 40, 0, 8);
  return packet;
}

/** Reads an answer; undefined when it is not one. `nowMs` tells in which era of 136 years its timestamps lie. */
export function readNtpAnswer(packet: Buffer, nowMs: number): NtpAnswer | undefined {
  if (packet.length < packetBytes) return undefined;
  const first = packet.readUInt8(0);
  const version = (first >> 3) & 7;
  if (version < 1 || version > 4) return undefined;
  const stratum = packet.readUInt8(1);
  return {
    leap: first >> 6,
    mode: first & 7,
    stratum,
    rootDelayMs: (packet.readInt32BE(4) / 65_536) * 1000,
    rootDispersionMs: (packet.readUInt32BE(8) / 65_536) * 1000,
    reference: referenceOf(packet.subarray(12, 16), stratum),
    origin: packet.subarray(24, 32),
    receivedMs: timestampMs(packet, 32, nowMs),
    sentMs: timestampMs(packet, 40, nowMs),
  };
}

function referenceOf(bytes: Buffer, stratum: number): string {
  return stratum < 2 ? bytes.toString('latin1').replaceAll(/[^\x21-\x7e]/gu, '') : [...bytes].join('.');
}

function timestampMs(packet: Buffer, at: number, nowMs: number): number {
  const seconds = packet.readUInt32BE(at) - epochSeconds;
  const fraction = packet.readUInt32BE(at + 4) / eraSeconds;
  // The era in which the time lies nearest to now: after 2036 the seconds begin again at zero.
  const era = Math.round((nowMs / 1000 - seconds) / eraSeconds);
  return (seconds + era * eraSeconds + fraction) * 1000;
}
