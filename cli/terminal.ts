import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** The person's side: what they read, and what they are asked. */
export interface Terminal {
  /** Answers, for people and for pipes. */
  write(words: string): void;
  /** Everything else: questions, progress, complaints. */
  tell(words: string): void;
  /** Whether a person reads the answers; a pipe gets them whole and plain. */
  readonly isTerminal: boolean;
  readonly columns: number;
  /** All of standard input. */
  readInput(): Promise<string>;
  /** Asks for one line; a hidden one is not shown while it is typed. */
  ask(question: string, hidden?: boolean): Promise<string>;
}

/** The terminal that this process was started from. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  return {
    write: (words) => void stdout.write(words),
    tell: (words) => void stderr.write(words),
    isTerminal: stdout.isTTY,
    columns: stdout.columns ?? 120,
    readInput: () => text(stdin),
    ask: async (question, hidden = false) => {
      stderr.write(question);
      const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
      const lines = createInterface({ input: stdin, output: hidden ? silent : stderr, terminal: stdin.isTTY });
      try {
        return await lines.question('');
      } finally {
        lines.close();
        if (hidden) stderr.write('\n');
      }
    },
  };
}
