import { runCli } from '../run-cli.ts';
import type { Terminal } from '../terminal.ts';

/** Types these words at a terminal from which no server is reached; `folder` is where it would keep who is signed in. */
export async function runWords(
  words: readonly string[],
  folder: string,
): Promise<{ code: number; out: string; told: string }> {
  let [out, told] = ['', ''];
  const terminal: Terminal = {
    write: (said) => void (out += said),
    tell: (said) => void (told += said),
    isTerminal: false,
    columns: 80,
    readInput: async () => '',
    ask: async () => '',
  };
  const surroundings = { url: 'http://127.0.0.1:1', token: undefined, language: undefined, configFolder: folder };
  return { code: await runCli(words, surroundings, terminal, new AbortController().signal), out, told };
}
