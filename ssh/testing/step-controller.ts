import { userInfo } from 'node:os';
import { text } from 'node:stream/consumers';
import { attachStep, startStep } from '../detached-step.ts';
import { Ssh2Transport } from '../ssh2-transport.ts';
import type { SshTarget } from '../transport.ts';

/*
 * A controller of its own process, for tests that kill it: starts the step its input describes (fields apart by NUL) and
 * prints what it receives, each chunk with its position, until it is killed or the step ends.
 */
const order = await text(process.stdin);
const [port = '', hostKey = '', privateKey = '', runId = '', stepId = '', command = ''] = order.split('\0');
const target: SshTarget = {
  host: '127.0.0.1',
  port: Number(port),
  user: userInfo().username,
  hostKeys: [hostKey],
  credential: { kind: 'key', privateKey },
};
await using transport = new Ssh2Transport();
const place = { transport, target, step: { runId, stepId } };
await startStep(place, { command, parameters: {}, outputLimitBytes: 1_000_000 });
await attachStep(place, 0, (chunk, atByte) => {
  process.stdout.write(`${JSON.stringify({ atByte, text: chunk.toString() })}\n`);
});
