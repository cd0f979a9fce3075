import type { Metric } from '#probe/check-kind.ts';
import { isSlow, slowness } from './company/stories.ts';
import { measureHost } from './measure-host.ts';
import { noiseAt, seedOf, wave } from './noise.ts';

/** What is known of a check where it is looked at; the same before it is stored and after. */
export interface Looked {
  readonly kind: string;
  readonly address: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** How long a packet takes there and back. */
  readonly distanceMs: number;
  readonly hoursAhead: number;
  /** When the demonstration was begun, for what is told from then on; left out where that is not known. */
  readonly presentMs?: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

function textOf(settings: Looked['settings'], name: string, otherwise: string): string {
  const value = settings[name];
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

function wordOf(settings: Looked['settings'], name: string): string {
  const value = settings[name];
  return typeof value === 'number' ? String(value) : textOf(settings, name, '');
}

/** The seed of a check: what it is, not which row it became. */
function seedOfLooked({ kind, address, settings }: Looked): number {
  const what = ['path', 'port', 'unit', 'name', 'command', 'hostName'].map((name) => wordOf(settings, name));
  return seedOf(`${kind} ${address} ${what.join(' ')}`);
}

/** How busy people are at that moment and place: 0 at night, 1 on a weekday's best hours. */
export function busyness(atMs: number, hoursAhead: number): number {
  const local = atMs + hoursAhead * hourMs;
  const hour = (((local % dayMs) + dayMs) % dayMs) / hourMs;
  // The first of January 1970 was a Thursday.
  const weekday = (Math.floor(local / dayMs) + 4) % 7;
  const peak = Math.exp(-(((hour - 10.5) / 2.2) ** 2)) + 0.9 * Math.exp(-(((hour - 15) / 2.4) ** 2));
  return Math.min(1, peak) * (weekday === 0 || weekday === 6 ? 0.12 : 1);
}

/** Near one: the rhythm of the day, slow changes over hours, and what nobody can explain. */
function swing(looked: Looked, seed: number, atMs: number, weight: number): number {
  const day = busyness(atMs, looked.hoursAhead) * weight;
  const hours = wave(seed, atMs / (3 * hourMs)) * 0.12;
  const moment = (noiseAt(seed ^ 0x51, Math.floor(atMs / 1_000)) - 0.5) * 0.18;
  return Math.max(0.3, 1 + day + hours + moment);
}

/** Days that a certificate is still good for: each is good for 90 and replaced before its last three weeks. */
export function certificateDays({ address, settings }: Looked, atMs: number): number {
  const name = textOf(settings, 'serverName', textOf(settings, 'hostName', address));
  const offset = noiseAt(seedOf(name), 7) * 62;
  return Math.floor(88 - ((atMs / dayMs + offset) % 62));
}

/** How full a disk is: it fills for weeks, then somebody makes room. */
function diskPercent(seed: number, atMs: number): number {
  const periodDays = 24 + noiseAt(seed, 3) * 40;
  const part = (atMs / dayMs / periodDays + noiseAt(seed, 4)) % 1;
  return Math.round(38 + noiseAt(seed, 5) * 22 + part * 20 + wave(seed, atMs / hourMs) * 0.8);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function measureHttp(looked: Looked, seed: number, atMs: number): Metric[] {
  const base = 45 + noiseAt(seed, 1) * 150;
  const lookup = 0.6 + noiseAt(seed ^ 1, Math.floor(atMs / 1_000)) * 1.8;
  const connect = looked.distanceMs * swing(looked, seed ^ 2, atMs, 0.05);
  const handshake = connect * 2 + 2.5;
  const slow =
    looked.presentMs !== undefined && isSlow(looked.settings['hostName']) ? slowness(atMs, looked.presentMs) : 1;
  const firstByte = looked.distanceMs + base * swing(looked, seed, atMs, 0.85) * slow;
  const rest = 1 + noiseAt(seed ^ 3, Math.floor(atMs / 1_000)) * 4;
  const size = Math.round((14 + noiseAt(seed, 2) * 70) * 1_024 + wave(seed, atMs / dayMs) * 900);
  return [
    { name: 'lookup', unit: 'ms', value: round(lookup) },
    { name: 'connect', unit: 'ms', value: round(connect) },
    { name: 'handshake', unit: 'ms', value: round(handshake) },
    { name: 'firstByte', unit: 'ms', value: round(firstByte) },
    { name: 'total', unit: 'ms', value: round(lookup + connect + handshake + firstByte + rest) },
    { name: 'size', unit: 'bytes', value: size },
    { name: 'certificateDays', unit: 'days', value: certificateDays(looked, atMs) },
  ];
}

/** What a check measures when all is well. The order is that of the real kinds. */
export function measure(looked: Looked, atMs: number): Metric[] {
  const seed = seedOfLooked(looked);
  const { distanceMs } = looked;
  const near = distanceMs * (0.8 + noiseAt(seed, 1) * 0.4);
  switch (looked.kind) {
    case 'icmp': {
      const lost = noiseAt(seed ^ 9, Math.floor(atMs / 60_000)) < 0.002 ? 33.3 : 0;
      return [
        { name: 'roundTrip', unit: 'ms', value: round(near * swing(looked, seed, atMs, 0.25)) },
        { name: 'loss', unit: 'percent', value: lost },
      ];
    }
    case 'http':
      return measureHttp(looked, seed, atMs);
    case 'tls':
      return [
        { name: 'certificateDays', unit: 'days', value: certificateDays(looked, atMs) },
        { name: 'connect', unit: 'ms', value: round(near) },
        { name: 'handshake', unit: 'ms', value: round(near * 2 * swing(looked, seed, atMs, 0.2) + 2) },
      ];
    case 'dns':
      return [
        { name: 'answerTime', unit: 'ms', value: round(near + 0.6 * swing(looked, seed, atMs, 0.5)) },
        { name: 'records', unit: 'count', value: 1 },
      ];
    case 'linux-host': {
      const { address, hoursAhead, presentMs = atMs } = looked;
      return measureHost({ address, presentMs, seed, busy: busyness(atMs, hoursAhead) }, atMs);
    }
    case 'systemd-unit': {
      const startedMs = Math.floor(atMs / (21 * dayMs)) * 21 * dayMs;
      const memory = (60 + noiseAt(seed, 2) * 700) * 1_048_576 * swing(looked, seed, atMs, 0.3);
      return [
        { name: 'activeSeconds', unit: 'seconds', value: Math.round((atMs - startedMs) / 1_000) },
        { name: 'restarts', unit: 'count', value: 0 },
        { name: 'memory', unit: 'bytes', value: Math.round(memory) },
      ];
    }
    case 'ssh-command':
      return [
        { name: 'duration', unit: 'ms', value: round(distanceMs * 3 + 35 * swing(looked, seed, atMs, 0.3)) },
        { name: 'value', unit: 'number', value: diskPercent(seed, atMs) },
      ];
    case 'tcp': {
      const connect = round(near * swing(looked, seed, atMs, 0.15));
      return [
        { name: 'connect', unit: 'ms', value: connect },
        { name: 'total', unit: 'ms', value: round(connect + 0.2) },
      ];
    }
    default:
      return [];
  }
}
