import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RunMemory } from '#probe/run-memory.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { Ssh2Transport } from '#ssh/ssh2-transport.ts';
import { startJournal, type Journal } from './daemons/journald.ts';

const isRoot = process.getuid?.() === 0;

describe.runIf(isRoot)('the journal of a host', () => {
  let journal: Journal;
  const transport = new Ssh2Transport();
  beforeAll(async () => {
    journal = await startJournal();
  });
  afterAll(async () => {
    await transport[Symbol.asyncDispose]();
    await journal[Symbol.asyncDispose]();
  });

  /** A check that looks again and again, and what it keeps. */
  function checkOf(settings: Record<string, unknown>) {
    const kept = new RunMemory();
    const memory = new RunMemory();
    return {
      kept,
      look: (keeps = kept) =>
        runOnce('log', { source: 'journal', ...settings }, '127.0.0.1', {
          timeoutMs: 15_000,
          kept: keeps,
          memory,
          ssh: { transport, target: journal.sshd.target() },
        }),
    };
  }
  /** As a program writes to its standard output. */
  const write = (who: string, text: string) =>
    journal.shell(`printf '%b' '${text}\\n' | systemd-cat --identifier=${who}; journalctl --sync`);
  /** As systemd itself writes of a unit whose program crashed: such an entry belongs to the unit. */
  const writeOfUnit = (unit: string, text: string) =>
    journal.shell(
      `printf 'MESSAGE=${text}\\nMESSAGE_ID=fc2e22bc6ee647b6b90729ab34a250b1\\nCOREDUMP_UNIT=${unit}\\n' | logger --journald; journalctl --sync`,
    );

  test('is read from the first look on, over restarts of Vigie and of the journal', async () => {
    await write('shop', 'payment failed yesterday');
    const { look, kept } = checkOf({ include: ['^shop: .*failed'], exclude: ['harmless'], downFrom: 3 });
    expect(await look()).toMatchObject({ verdict: 'up', reason: { code: 'quiet', data: { count: 0 } } });
    await write('shop', 'payment failed');
    await write('shop', 'harmless: a test failed');
    await write('mail', 'delivery failed');
    const found = await look();
    expect(found).toMatchObject({
      verdict: 'degraded',
      reason: { code: 'found', data: { count: 1, last: 'shop: payment failed' } },
    });
    expect(await look()).toMatchObject({ verdict: 'degraded', reason: { data: { count: 1 } } });
    await write('shop', 'again failed');
    const restarted = new RunMemory(kept.toJSON());
    expect(await look(restarted)).toMatchObject({ reason: { data: { count: 2, last: 'shop: again failed' } } });
    await journal.shell('journalctl --rotate; journalctl --vacuum-size=1K 2>/dev/null');
    await write('shop', 'failed after the journal was cut');
    expect(await look(restarted)).toMatchObject({ verdict: 'down', reason: { data: { count: 3 } } });
  });

  test('of a unit that never said anything: its first word is heard', async () => {
    const { look } = checkOf({ unit: 'shop.service' });
    expect((await look()).verdict).toBe('up');
    await writeOfUnit('other.service', 'crash of another');
    expect(await look()).toMatchObject({ verdict: 'up', reason: { data: { count: 0 } } });
    await writeOfUnit('shop.service', 'crash of the shop');
    const heard = await look();
    expect(heard).toMatchObject({ verdict: 'degraded', reason: { data: { count: 1 } } });
    expect(heard.output).toContain('crash of the shop');
    await writeOfUnit('shop.service', 'second crash');
    expect(await look()).toMatchObject({ reason: { data: { count: 2 } } });
  });

  test('with bytes that are no text, steering signs and very long lines', async () => {
    const { look } = checkOf({ include: ['^odd'] });
    await look();
    await write('odd', 'caf\\0351 \\033[2Jfailed');
    await journal.shell("head -c 40000 /dev/zero | tr '\\0' x | systemd-cat --identifier=odd; journalctl --sync");
    const result = await look();
    expect(result.verdict).toBe('degraded');
    expect(result.reason.data).toMatchObject({ count: 2 });
    expect(result.output).toContain('failed');
    expect(result.output).not.toContain('\u001B');
    expect(Buffer.byteLength(result.output)).toBeLessThanOrEqual(8_192);
  });

  test('that grows faster than it is read is read on at each look, and nothing is lost', async () => {
    const { look } = checkOf({ include: ['line 19999 '] });
    await look();
    await journal.shell(
      `seq 0 19999 | sed 's/.*/line & ${'of a burst '.repeat(3)}/' | systemd-cat --identifier=burst; journalctl --sync`,
    );
    const lines = async () => (await look()).metrics.find(({ name }) => name === 'lines')?.value ?? 0;
    let read = 0;
    for (let more = await lines(); more > 0; more = await lines()) read += more;
    expect(read).toBeGreaterThanOrEqual(20_000);
    expect(await look()).toMatchObject({ verdict: 'degraded', reason: { data: { count: 1 } } });
  });

  test('that the account may not read is not taken for a quiet one', async () => {
    const { look } = checkOf({});
    await look();
    const asNobody = 'exec setpriv --reuid 65534 --regid 65534 --clear-groups /run/journalctl-itself "$@"';
    await journal.shell(`cp /usr/bin/journalctl /run/journalctl-itself
printf '%s\\n' '#!/bin/sh' '${asNobody}' > /run/as-nobody
chmod 755 /run/as-nobody
mount --bind /run/as-nobody /usr/bin/journalctl`);
    expect(await look()).toMatchObject({ verdict: 'unknown', reason: { code: 'noRights' } });
  });
});
