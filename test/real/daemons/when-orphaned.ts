import { spawn } from 'node:child_process';

/**
 * Has a shell run a script when the test's own process ends before it could clean up, killed for instance: the shell's
 * standard input closes then. `$0` in the script is the word given. Disposing of it calls it off.
 */
export function whenOrphaned(script: string, word: string): Disposable {
  const guard = spawn('/bin/sh', ['-c', `read -r _; ${script}`, word], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.stdin.on('error', () => undefined);
  return { [Symbol.dispose]: () => void guard.kill('SIGKILL') };
}
