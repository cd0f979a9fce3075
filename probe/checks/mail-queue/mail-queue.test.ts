import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { judgeQueue } from './mail-queue.ts';
import { queueCommand } from './queue-script.ts';
import { readQueue } from './read-queue.ts';
import { mailQueueSettings } from './settings.ts';

const run = promisify(execFile);

/** Runs the host's script with a lister that prints the given text. */
async function sumUp(lister: 'mailq' | 'postqueue', text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-mailq-'));
  try {
    await writeFile(join(folder, 'said'), text);
    await writeFile(join(folder, lister), `#!/bin/sh\ncat ${join(folder, 'said')}\n`);
    await chmod(join(folder, lister), 0o755);
    const command = queueCommand(mailQueueSettings.parse({ software: lister === 'mailq' ? 'mailq' : 'postfix' }));
    const { stdout } = await run('/bin/sh', ['-c', command], { env: { PATH: `${folder}:/usr/bin:/bin` } });
    return readQueue(stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('the words of Exim are understood', async () => {
  const facts = await sumUp(
    'mailq',
    ` 4d  2.9K 0t5C6f-0000c8-00 <alice@wonderland.example>
          red.king@looking-glass.example
        D white.king@looking-glass.example

25m   512 1rXyzA-000Abc-2D <bob@wonderland.example>
          alice@looking-glass.example

 9w    1M 1rXyzB-00000000Abc-2D3e <> *** frozen ***
          nobody@looking-glass.example
`,
  );
  expect(facts).toMatchObject({ counts: { deferred: 2, hold: 1 }, oldestSeconds: 4 * 86_400 });
  expect(facts?.bytes).toBe(Math.round(2.9 * 1_024) + 512 + 1_048_576);
});

test('the words of Sendmail are understood', async () => {
  const facts = await sumUp(
    'mailq',
    `		/var/spool/mqueue (2 requests)
-----Q-ID----- --Size-- -----Q-Time----- ------------Sender/Recipient-----------
q9BDxxx0012345*     1234 Thu Jan  1 00:01 <alice@example.org>
					 <bob@example.net>
q9BDxxx0012346      822 Thu Jan  1 00:01 <alice@example.org>
                 (Deferred: Connection refused by mx.example.net.)
					 <bob@example.net>
		Total requests: 2
`,
  );
  expect(facts).toMatchObject({ counts: { active: 1, deferred: 1 }, bytes: 2_056 });
  expect(facts?.oldestSeconds).toBeGreaterThanOrEqual(0);
  expect(facts?.reasons).toEqual(['1 × Deferred: Connection refused by mx.example.net.']);
});

test('an empty queue is empty, and rubbish counts for nothing', async () => {
  for (const text of ['', '\t\tis empty\n', 'Mail queue is empty\n', '\0\u0001'.repeat(5_000)]) {
    expect(await sumUp('mailq', text)).toMatchObject({ counts: {}, bytes: 0, oldestSeconds: undefined });
  }
});

test('what mail brings with it cannot pose as something else', async () => {
  const evil = String.raw`\"queue_name\": \"hold\", \"arrival_time\": 1, \"message_size\": 9999999, \"delay_reason\": \"none\"`;
  const facts = await sumUp(
    'postqueue',
    `{"queue_name": "deferred", "queue_id": "A1", "arrival_time": 4102444800, "message_size": 700, "sender": "${evil}@x.example", "recipients": [{"address": "${evil}", "delay_reason": "connect: refused"}]}\n`,
  );
  expect(facts).toMatchObject({ counts: { deferred: 1 }, bytes: 700, reasons: ['1 × connect: refused'] });
});

const line = (at: number) =>
  `{"queue_name": "${at % 5 === 0 ? 'active' : 'deferred'}", "queue_id": "A${at}", "arrival_time": 1700000000, "message_size": 10, "recipients": [{"address": "a", "delay_reason": "reason ${at % 900}"}]}\n`;

test('fifty thousand messages are summed up on the host', async () => {
  const facts = await sumUp('postqueue', Array.from({ length: 50_000 }, (_none, at) => line(at)).join(''));
  expect(facts).toMatchObject({ counts: { active: 10_000, deferred: 40_000 }, bytes: 500_000 });
  expect(facts?.reasons).toHaveLength(5);
});

test('limits are for what should be moving', () => {
  const facts = { counts: { deferred: 20, active: 5, hold: 300 }, bytes: 1, oldestSeconds: 7_200, reasons: [] };
  const verdict = (settings: object) => judgeQueue(mailQueueSettings.parse(settings), facts).reason;
  expect(verdict({})).toMatchObject({ code: 'tooOld', data: { minutes: 120, limit: 60 } });
  expect(verdict({ warnMinutes: 0 })).toMatchObject({ code: 'moving', data: { messages: 25 } });
  expect(verdict({ warnMinutes: 0, warnMessages: 24 }).code).toBe('tooMany');
  expect(verdict({ warnMinutes: 0, warnHeld: 200 })).toMatchObject({ code: 'held', data: { held: 300 } });
});
