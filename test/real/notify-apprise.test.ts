import { readFile, readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { sendByApprise } from '../notify-outside.ts';
import { startWebhookCatcher } from '../webhook-catcher.ts';

/** The command lines of all processes, as anybody on the machine can read them. */
async function commandLines(): Promise<string> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name));
  const lines = ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => ''));
  return (await Promise.all(lines)).join('\n');
}

describe('apprise', () => {
  it('sends to the addresses, neither of which nor the text stands on a command line', async () => {
    await using web = await startWebhookCatcher();
    web.status = 200;
    const address = `${web.url.replace('http://', 'json://')}/secret-path`;
    const sending = sendByApprise(address, 'Panne à Lyon\nLa base est arrêtée');
    let seen = '';
    const looking = setInterval(() => void commandLines().then((lines) => (seen += lines)), 50);
    const outcome = await sending;
    clearInterval(looking);
    expect(outcome).toMatchObject({ end: 'delivered' });
    expect(web.caught[0]?.path).toBe('/secret-path');
    expect(JSON.stringify(web.caught[0]?.body)).toContain('Panne à Lyon');
    expect(seen).toContain('--config=/dev/fd/3');
    expect(seen).not.toMatch(/secret-path|Panne/u);
  });

  it('that cannot send says why, without the address', async () => {
    const failed = await sendByApprise('json://127.0.0.1:1/secret-path', 'x');
    expect(failed.end).toBe('later');
    expect(failed.detail).not.toContain('secret-path');
  });

  it('reads no configuration that is not an address, and ends when it is told to', async () => {
    expect(await sendByApprise('include=/etc/passwd', 'x')).toMatchObject({ end: 'refused' });
    await using web = await startWebhookCatcher();
    const ending = new AbortController();
    const sending = sendByApprise(`json://${web.url.slice(7)}/`, 'x', ending.signal);
    ending.abort();
    expect(await sending).toMatchObject({ end: 'later' });
  });
});
