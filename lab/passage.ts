import { rm } from 'node:fs/promises';
import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { labFolders } from './lab-folders.ts';
import type { Lab, Place } from './start-lab.ts';

/** One port that goes through the lab's wall. The wall stays: what goes through is TCP, to this one place. */
export interface Passage extends AsyncDisposable {
  readonly port: number;
}

interface InsidePort {
  readonly host: string;
  readonly port: number;
}

/** Runs within the lab's network: listens at its first argument, and joins each connection to its second. */
const joiner = `const { createConnection, createServer } = require('node:net');
const [from, to] = process.argv.slice(1).map((text) => JSON.parse(text));
createServer({ allowHalfOpen: true }, (near) => {
  const far = createConnection({ ...to, allowHalfOpen: true });
  for (const socket of [near, far]) socket.on('error', () => { near.destroy(); far.destroy(); });
  near.pipe(far).pipe(near);
}).listen(from, () => console.log('ready'));`;

let passages = 0;

/** Opens a port on this machine's loopback that leads to a port within the lab, such as that of the server under test. */
export async function passageIn(lab: Lab, to: InsidePort): Promise<Passage> {
  const path = socketPath(lab);
  const end = await startJoiner(lab, 'main', { path }, to);
  const server = createServer({ allowHalfOpen: true }, (near) => joinTo(near, { path }));
  await listen(server, { host: '127.0.0.1', port: 0 });
  const port = addressOf(server).port;
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      server.close();
      end();
      await rm(path, { force: true });
    },
  };
}

/** Opens a port within the lab that leads to a port on this machine's loopback, such as that of a test's mail catcher. */
export async function passageOut(lab: Lab, place: Place, from: InsidePort, toPort: number): Promise<Passage> {
  const path = socketPath(lab);
  const server = createServer({ allowHalfOpen: true }, (near) => joinTo(near, { host: '127.0.0.1', port: toPort }));
  await listen(server, { path });
  const end = await startJoiner(lab, place, from, { path });
  return {
    port: from.port,
    [Symbol.asyncDispose]: async () => {
      end();
      server.close();
      await rm(path, { force: true });
    },
  };
}

async function startJoiner(lab: Lab, place: Place, from: object, to: object): Promise<() => void> {
  const child = lab.run(
    [process.execPath, '--eval', joiner, JSON.stringify(from), JSON.stringify(to)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
    place,
  );
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('error', reject);
    child.once('exit', () => reject(new Error('The passage into the lab could not be opened.')));
  });
  child.unref();
  return () => void child.kill('SIGKILL');
}

function socketPath(lab: Lab): string {
  passages += 1;
  return join(labFolders(lab.name).root, `passage-${process.pid}-${passages}`);
}

function joinTo(near: Socket, to: { path: string } | { host: string; port: number }): void {
  const far = createConnection({ ...to, allowHalfOpen: true });
  for (const socket of [near, far]) {
    socket.on('error', () => {
      near.destroy();
      far.destroy();
    });
  }
  near.pipe(far).pipe(near);
}

async function listen(server: Server, at: object): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at, resolve);
  });
  server.unref();
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The passage has no port.');
  return address;
}
