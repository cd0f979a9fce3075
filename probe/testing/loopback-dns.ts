import { spawn } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { listen } from './loopback-server.ts';
import { createServer } from 'node:net';

/** A real dnsmasq on a free loopback port. */
export interface LoopbackDns extends AsyncDisposable {
  readonly port: number;
}

/** Starts dnsmasq with the given lines of configuration and nothing of the machine's own. Needs Debian's dnsmasq-base. */
export async function startLoopbackDns(lines: readonly string[]): Promise<LoopbackDns> {
  const placeholder = createServer();
  const port = await listen(placeholder);
  await new Promise((resolve) => placeholder.close(resolve));
  const options = [
    '--keep-in-foreground',
    '--conf-file=/dev/null',
    '--no-resolv',
    '--no-hosts',
    '--pid-file',
    '--user=root',
  ];
  const child = spawn(
    '/usr/sbin/dnsmasq',
    [...options, `--port=${port}`, '--listen-address=127.0.0.1', '--bind-interfaces', ...lines],
    {
      stdio: 'ignore',
    },
  );
  const ended = new Promise((resolve) => child.once('close', resolve));
  await untilAnswers(port);
  return {
    port,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function untilAnswers(port: number): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const resolver = new Resolver({ timeout: 200, tries: 1 });
    resolver.setServers([`127.0.0.1:${port}`]);
    try {
      await resolver.resolve4('ready.test');
      return;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOTFOUND') return;
      await wait(50);
    }
  }
  throw new Error('dnsmasq does not answer');
}
