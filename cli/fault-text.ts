import { refusalOf } from '#contract/client.ts';
import { CommanderError } from 'commander';
import type { Context } from './context.ts';
import { isUnreachable } from './unreachable.ts';
import { UsageFault } from './usage-fault.ts';

/** What went wrong as a sentence, and the exit code: 1 refused, 2 not typed right, 3 no answer, 4 nobody signed in. */
export interface Fault {
  readonly sentence: string;
  readonly exitCode: number;
}

/** Commander's complaints are English; its codes and what it quotes are enough to say them in the reader's language. */
function usageSentence({ code, message }: CommanderError, { texts }: Context): string {
  const quoted = /'([^']+)'/u.exec(message)?.[1] ?? '';
  const sentences: Readonly<Record<string, string>> = {
    'commander.unknownCommand': texts.unknownCommand(quoted),
    'commander.unknownOption': texts.unknownOption(quoted),
    'commander.missingArgument': texts.missingArgument(quoted),
    'commander.optionMissingArgument': texts.missingValue(quoted),
    'commander.missingMandatoryOptionValue': texts.missing(quoted),
    'commander.excessArguments': texts.tooManyWords,
    'commander.invalidArgument': texts.wrongChoice(/argument '([^']*)' is invalid/u.exec(message)?.[1] ?? quoted),
  };
  return sentences[code] ?? message;
}

/** Null when it is no fault: help and version end a command too. */
export function faultOf(error: unknown, context: Context): Fault | null {
  const { texts } = context;
  if (error instanceof UsageFault) return { sentence: error.message, exitCode: 2 };
  if (error instanceof CommanderError) {
    return error.exitCode === 0 || error.code === 'commander.help'
      ? null
      : { sentence: usageSentence(error, context), exitCode: 2 };
  }
  const refusal = refusalOf(error);
  if (refusal !== null) {
    if (refusal.code === 'signed_out') return { sentence: `${refusal.message}\n${texts.signedOut}`, exitCode: 4 };
    const fields = (refusal.data?.fields ?? []).map(({ path, message }) => `\n  ${path}: ${message}`);
    const reference = refusal.data?.reference === undefined ? '' : `\n${texts.reference(refusal.data.reference)}`;
    return { sentence: `${refusal.message}${fields.join('')}${reference}`, exitCode: 1 };
  }
  if (isUnreachable(error)) return { sentence: texts.unreachable(context.url), exitCode: 3 };
  if (context.signal.aborted) return { sentence: '', exitCode: 130 };
  return { sentence: texts.bug(error instanceof Error ? error.message : String(error)), exitCode: 1 };
}
