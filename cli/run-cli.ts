import { createClient } from '#contract/client.ts';
import type { Language } from '#contract/words.ts';
import * as en from '#texts/en/cli.ts';
import * as fr from '#texts/fr/cli.ts';
import type { Context } from './context.ts';
import { faultOf } from './fault-text.ts';
import { createProgram } from './program.ts';
import { readSession } from './session-file.ts';
import type { Terminal } from './terminal.ts';

const texts = { en: en.cli, fr: fr.cli };
const usualUrl = 'http://127.0.0.1:7700';

/** What the surroundings say; `--url` and `--lang` go before it. */
export interface Surroundings {
  readonly url: string | undefined;
  /** A token for programs, instead of `vigie login`. */
  readonly token: string | undefined;
  readonly language: Language | undefined;
  readonly configFolder: string;
}

/** The value of an option, wherever it stands: language and address are needed before the commands exist. */
function optionOf(words: readonly string[], name: string): string | undefined {
  const at = words.findIndex((word) => word === name || word.startsWith(`${name}=`));
  const word = words[at];
  if (word === undefined) return undefined;
  return word === name ? words[at + 1] : word.slice(name.length + 1);
}

function asLanguage(word: string | undefined): Language | undefined {
  return word === 'fr' || word === 'en' ? word : undefined;
}

/** Runs one command; returns the exit code. */
export async function runCli(
  words: readonly string[],
  surroundings: Surroundings,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const session = await readSession(surroundings.configFolder);
  const language = asLanguage(optionOf(words, '--lang')) ?? session?.language ?? surroundings.language ?? 'en';
  const url = (optionOf(words, '--url') ?? surroundings.url ?? session?.url ?? usualUrl).replace(/\/+$/u, '');
  // A token goes to the Vigie that gave it, and to no other address.
  const token = surroundings.token ?? (session?.url === url ? session.token : undefined);
  const context: Context = {
    client: createClient({ url, token: () => token, language: () => language }),
    terminal,
    language,
    texts: texts[language],
    asJson: words.includes('--json'),
    url,
    configFolder: surroundings.configFolder,
    signal,
  };
  const program = createProgram(words, context);
  try {
    await program.parseAsync(words, { from: 'user' });
    return 0;
  } catch (error) {
    const fault = faultOf(error, context);
    if (fault === null) return 0;
    if (fault.sentence !== '') terminal.tell(`${fault.sentence}\n`);
    return fault.exitCode;
  }
}
