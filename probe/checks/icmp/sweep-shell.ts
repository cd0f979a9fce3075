import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** What a command said, and how it ended: its exit code, or null when it was stopped. */
export interface Swept {
  readonly text: string;
  readonly code: number | null;
}

/** Runs one command after the other, each with lines on its standard input. */
export interface SweepShells {
  run(command: readonly string[], lines: readonly string[], longestMs: number): Promise<Swept>;
}

const outputLimitBytes = 1_000_000;
const idleMs = 30_000;
const endOfLines = 'vigie-end-of-lines';

type Shell = ChildProcessByStdio<Writable, Readable, null>;

function openShell(): Shell {
  const shell = spawn('/bin/sh', [], { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
  // Its end tells why.
  shell.stdin.on('error', ignore);
  shell.stdout.setEncoding('utf8');
  return shell;
}

/** A word as the shell takes it literally. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * Shells that wait for work. To start a process the system copies the page tables of the one that asks: ten
 * milliseconds out of a server of 300 MB, half a one out of a shell of one. Each shell does one thing at a time, so that
 * what two commands say never mixes; those without work for a while end.
 */
export function createSweepShells(): SweepShells {
  const idle: { readonly shell: Shell; readonly end: NodeJS.Timeout }[] = [];

  function take(): Shell {
    const waiting = idle.pop();
    if (waiting === undefined) return openShell();
    clearTimeout(waiting.end);
    waiting.shell.ref();
    return waiting.shell;
  }

  function giveBack(shell: Shell): void {
    const end = setTimeout(() => {
      const place = idle.findIndex((each) => each.shell === shell);
      if (place >= 0) idle.splice(place, 1);
      shell.stdin.end();
    }, idleMs);
    idle.push({ shell, end });
    // A shell without work keeps no program alive.
    end.unref();
    shell.unref();
  }

  return {
    run(command, lines, longestMs) {
      const shell = take();
      return new Promise((resolve, reject) => {
        let text = '';
        const settle = (): void => {
          clearTimeout(overdue);
          shell.stdout.removeAllListeners('data');
          shell.removeAllListeners('error').removeAllListeners('close');
        };
        const overdue = setTimeout(() => stop(shell), longestMs);
        shell.on('error', (error) => {
          settle();
          reject(error);
        });
        shell.on('close', () => {
          settle();
          resolve({ text, code: null });
        });
        shell.stdout.on('data', (chunk: string) => {
          if (text.length < outputLimitBytes) text += chunk;
          else text = `${text.slice(0, outputLimitBytes)}${chunk.slice(-100)}`;
          const end = /(?:^|\n)vigie-end (\d+)\n$/u.exec(text.slice(-40));
          if (end === null) return;
          settle();
          giveBack(shell);
          resolve({ text: text.slice(0, text.lastIndexOf('vigie-end ')), code: Number(end[1]) });
        });
        const words = command.map(quoted).join(' ');
        shell.stdin.write(
          `${words} 2>&1 >/dev/null <<'${endOfLines}'\n${lines.join('\n')}\n${endOfLines}\ncode=$?; echo; echo "vigie-end $code"\n`,
        );
      });
    },
  };
}

/** Ends a shell with what it runs: it leads a group of its own. */
function stop(shell: Shell): void {
  if (shell.pid === undefined) return;
  try {
    process.kill(-shell.pid, 'SIGKILL');
  } catch {
    // It ended by itself in the same moment.
  }
}

function ignore(): void {}
