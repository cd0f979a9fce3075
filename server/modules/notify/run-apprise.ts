import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import type { Outcome } from './retry.ts';

const wholeTimeoutMs = 45_000;
const largestOutputBytes = 8_192;
const longestDetailBytes = 300;
/** An address and nothing else: a configuration file of apprise could include others. */
const addressLine = /^[a-z][a-z0-9+.-]*:\/\/\S+$/iu;

/**
 * A file that has no name any more: it is ours alone, and nothing of it stays when this process or the program is
 * killed. The program reads it by its descriptor.
 */
async function namelessFile(content: string): Promise<FileHandle> {
  const name = path.join(tmpdir(), `vigie-${randomBytes(12).toString('hex')}`);
  const file = await open(name, 'wx+', 0o600);
  await unlink(name);
  await file.writeFile(content);
  return file;
}

/** What the program said, without the addresses, which hold secrets. */
function said(output: string, addresses: readonly string[]): string {
  let words = output;
  for (const address of addresses) words = words.replaceAll(address, '…');
  return sanitiseOutput(words.replaceAll(/\s+/gu, ' ').trim(), longestDetailBytes);
}

/**
 * Has `apprise` send a text to addresses. Neither stands on the command line, where everybody on the machine could read
 * it: the addresses come as a configuration file by descriptor, the text by standard input.
 */
export async function runApprise(urls: string, text: string, signal: AbortSignal): Promise<Outcome> {
  const addresses = urls.split(/\s+/u).filter((address) => address !== '');
  if (addresses.length === 0 || !addresses.every((address) => addressLine.test(address)))
    return { end: 'refused', reason: null, detail: 'apprise: bad address' };
  await using file = await namelessFile(`${addresses.join('\n')}\n`);
  return new Promise<Outcome>((resolve) => {
    // Its own small environment: what Vigie was started with is none of its business.
    const child = spawn('apprise', ['--config=/dev/fd/3', '--disable-async', '-v'], {
      stdio: ['pipe', 'pipe', 'pipe', file.fd],
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8', HOME: tmpdir() },
      signal: AbortSignal.any([signal, AbortSignal.timeout(wholeTimeoutMs)]),
      killSignal: 'SIGKILL',
    });
    let output = '';
    const keep = (part: Buffer): void => {
      if (output.length < largestOutputBytes) output += part.toString('utf8');
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    // A program that does not read what it is told says so by its exit code.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(text);
    child.on('error', (error) => {
      if ('code' in error && error.code === 'ENOENT') resolve({ end: 'later', reason: 'not_installed', detail: '' });
      else resolve({ end: 'later', reason: signal.aborted ? null : 'timed_out', detail: '' });
    });
    child.on('close', (code) => {
      if (code === 0) resolve({ end: 'delivered', detail: 'apprise: 0' });
      else resolve({ end: 'later', reason: null, detail: `apprise: ${code ?? ''} ${said(output, addresses)}`.trim() });
    });
  });
}
