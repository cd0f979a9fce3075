import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect } from 'node:net';

/**
 * `node bench/bare-floor.ts http|tcp|icmp ADDRESS COUNT`: does what a check does on the wire and nothing else, and prints
 * the CPU seconds it took, those of its children included. What Vigie needs above this is Vigie's own.
 */

const ticksPerSecond = 100;

/** So many at a time, as a busy second of Vigie has them. */
const each = 20;

function http(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get({ host: address, path: '/health', agent: false }, (answer) => {
      answer.resume().once('end', resolve);
    }).once('error', reject);
  });
}

function tcp(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port: 80 }, () => {
      socket.destroy();
      resolve();
    }).once('error', reject);
  });
}

/** One process for all, as Vigie does it. */
function icmp(address: string): Promise<void> {
  const targets = Array.from({ length: each }, () => address);
  return new Promise((resolve, reject) => {
    const child = spawn('fping', ['-q', '-C', '3', '-p', '200', ...targets], { stdio: 'ignore' });
    child.once('error', reject).once('close', () => resolve());
  });
}

function severally(act: (address: string) => Promise<void>): (address: string) => Promise<unknown> {
  return (address) => Promise.all(Array.from({ length: each }, () => act(address)));
}

function cpuSeconds(): number {
  const text = readFileSync('/proc/self/stat', 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / ticksPerSecond;
}

const rounds: Readonly<Record<string, (address: string) => Promise<unknown>>> = {
  http: severally(http),
  tcp: severally(tcp),
  icmp,
};
const [kind = '', address = '', count = '0'] = process.argv.slice(2);
const round = rounds[kind];
if (round === undefined) throw new Error('Say http, tcp or icmp.');
// The first ones pay for what is loaded and compiled only once.
await round(address);
const before = cpuSeconds();
for (let done = 0; done < Number(count); done += each) await round(address);
console.log((cpuSeconds() - before).toFixed(3));
