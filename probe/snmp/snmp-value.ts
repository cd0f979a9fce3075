/** The types of values that agents send, by their tags (RFC 2578, RFC 3416). */
export const snmpTypes = {
  integer: 2,
  text: 4,
  oid: 6,
  address: 64,
  counter32: 65,
  gauge: 66,
  ticks: 67,
  opaque: 68,
  counter64: 70,
  noSuchObject: 128,
  noSuchInstance: 129,
  endOfView: 130,
} as const;

/** One value as an agent gave it. */
export interface SnmpValue {
  readonly type: number;
  readonly value: number | bigint | string | Buffer | boolean | null | undefined;
}

/** The value as a number; undefined when it is none. A text that spells a number counts: agents with extensions send such. */
export function numberOf(given: SnmpValue | undefined): number | undefined {
  if (given === undefined) return undefined;
  const { type, value } = given;
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (!Buffer.isBuffer(value)) return undefined;
  if (type === snmpTypes.counter64) return Number(wholeOf(value));
  if (type === snmpTypes.opaque) return floatOf(value);
  const text = value.toString('latin1').trim();
  return /^-?\d{1,15}(?:\.\d{1,9})?$/u.test(text) ? Number(text) : undefined;
}

/** A counter without any loss of digits; undefined when the value is no counter. */
export function counterOf(given: SnmpValue | undefined): bigint | undefined {
  if (given === undefined) return undefined;
  const { type, value } = given;
  if (type === snmpTypes.counter64) return Buffer.isBuffer(value) ? wholeOf(value) : undefined;
  // Some agents send counters as gauges or integers.
  return typeof value === 'number' && value >= 0 ? BigInt(Math.trunc(value)) : undefined;
}

function wholeOf(bytes: Buffer): bigint {
  // A leading zero keeps the number positive; more than eight further bytes are no counter.
  const bounded = bytes.subarray(-8);
  return bounded.length === 0 ? 0n : BigInt(`0x${bounded.toString('hex')}`);
}

// A floating-point number in the wrapping of Net-SNMP: context tag 0x9f78 (float), four bytes.
function floatOf(bytes: Buffer): number | undefined {
  if (bytes.length !== 7 || bytes.readUInt16BE(0) !== 0x9f78 || bytes[2] !== 4) return undefined;
  const value = bytes.readFloatBE(3);
  return Number.isFinite(value) ? value : undefined;
}

/** The value as a text for people: octets as UTF-8 when they are, else in hexadecimal. Not yet made safe to show. */
export function textOf(given: SnmpValue | undefined): string {
  if (given === undefined || given.value === null || given.value === undefined) return '';
  const { value } = given;
  if (!Buffer.isBuffer(value)) return String(value);
  if (given.type !== snmpTypes.text) return String(numberOf(given) ?? value.toString('hex'));
  // Fixed-length strings of old agents are filled up with zeros.
  const text = value.toString('utf8').replace(/\0+$/u, '');
  return /[^\P{Cc}\n\r\t]|\ufffd/u.test(text) ? value.subarray(0, 64).toString('hex') : text.trim();
}
