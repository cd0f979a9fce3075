import type { Client } from '#contract/client.ts';
import type { Language } from '#contract/words.ts';
import type { cli } from '#texts/en/cli.ts';
import type { Terminal } from './terminal.ts';

/** What every command is given. */
export interface Context {
  readonly client: Client;
  readonly terminal: Terminal;
  readonly language: Language;
  readonly texts: typeof cli;
  /** Answers as JSON instead of tables. */
  readonly asJson: boolean;
  readonly url: string;
  /** The person's configuration folder. */
  readonly configFolder: string;
  readonly signal: AbortSignal;
}
