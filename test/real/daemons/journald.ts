import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startLoopbackSshd, type LoopbackSshd } from '#ssh/testing/loopback-sshd.ts';
import { Daemon } from './daemon.ts';

const run = promisify(execFile);

/** systemd's own journal, and an SSH server whose commands see it. Only root may have one. */
export interface Journal extends AsyncDisposable {
  readonly sshd: LoopbackSshd;
  /** Runs a shell command beside the journal. */
  readonly shell: (command: string) => Promise<string>;
}

/** A journal in a mount namespace of its own: neither this machine's journal nor its folders are touched. */
export async function startJournal(): Promise<Journal> {
  const begin = `mount -t tmpfs none /run && mount -t tmpfs none /var/log && mkdir -p /run/systemd/journal /run/log
    exec /lib/systemd/systemd-journald`;
  const daemon = new Daemon('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', begin]);
  const inside = ['--target', String(daemon.pid), '--mount'];
  const shell = async (command: string): Promise<string> =>
    (await run('nsenter', [...inside, '/bin/sh', '-c', command])).stdout;
  await daemon.ready(async () => (await shell('journalctl --quiet --lines=1 --output=cat')) !== '');
  const sshd = await startLoopbackSshd({
    config: [`ForceCommand exec nsenter ${inside.join(' ')} /bin/sh -c "$SSH_ORIGINAL_COMMAND"`],
  });
  return {
    sshd,
    shell,
    async [Symbol.asyncDispose]() {
      await sshd[Symbol.asyncDispose]();
      await daemon[Symbol.asyncDispose]();
    },
  };
}
