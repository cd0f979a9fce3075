import { homedir } from 'node:os';
import path from 'node:path';
import { runCli } from './run-cli.ts';
import { processTerminal } from './terminal.ts';

/** `vigie <module> <verb>`: reads the surroundings, runs one command, says how it ended by the exit code. */

const { env, argv } = process;
const locale = env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '';
const asked = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => asked.abort());

const exitCode = await runCli(
  argv.slice(2),
  {
    url: env['VIGIE_URL'],
    token: env['VIGIE_TOKEN'],
    language: locale.startsWith('fr') ? 'fr' : 'en',
    configFolder: env['XDG_CONFIG_HOME'] ?? path.join(homedir(), '.config'),
  },
  processTerminal(),
  asked.signal,
);
// A command such as `upkeep follow` may have set a code of its own.
process.exitCode = exitCode === 0 ? (process.exitCode ?? 0) : exitCode;
