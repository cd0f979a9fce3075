import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { shellQuote } from './shell-quote.ts';

const protocol = readFileSync(new URL('detached-step.sh', import.meta.url), 'utf8');

/** The same text once more, as the file from which a step's runner starts. */
const runner = `verb=run\n${protocol}`;

/** Names of run and step as they appear in a file name on the target. */
export interface StepRef {
  readonly runId: string;
  readonly stepId: string;
}

const plainName = /^[A-Za-z0-9_-]{1,64}$/;
const variableName = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** What is asked of the target, with what that needs. */
export type StepRequest =
  | { readonly verb: 'start'; readonly script: string; readonly outputLimitBytes: number }
  | { readonly verb: 'follow'; readonly fromByte: number; readonly forSeconds: number }
  | { readonly verb: 'stop'; readonly graceSeconds: number }
  | { readonly verb: 'report' }
  | { readonly verb: 'remove' };

/**
 * The text for the input of `/bin/sh` on the target. In braces as a whole: a text that arrives only in part is a syntax
 * error and does nothing.
 * @throws RangeError when an id is not a plain name
 */
export function stepScript(ref: StepRef, request: StepRequest): string {
  if (!plainName.test(ref.runId) || !plainName.test(ref.stepId))
    throw new RangeError('ids of run and step are plain names');
  const head = [`name=${shellQuote(`${ref.runId}.${ref.stepId}`)}`, `verb=${request.verb}`, ...definitions(request)];
  return `{\n${head.join('\n')}\n${protocol}\nexit 0\n}\n`;
}

function definitions(request: StepRequest): string[] {
  switch (request.verb) {
    case 'start': {
      const script = request.script.endsWith('\n') ? request.script : `${request.script}\n`;
      return [
        `nonce=${nonce()}`,
        `blocks=${Math.max(2, Math.ceil(request.outputLimitBytes / 512))}`,
        `script_bytes=${Buffer.byteLength(script)}`,
        `protocol_bytes=${Buffer.byteLength(runner)}`,
        printer('put_script', script),
        printer('put_protocol', runner),
      ];
    }
    case 'follow':
      return [`at=${Math.trunc(request.fromByte)}`, `for_seconds=${Math.trunc(request.forSeconds)}`];
    case 'stop':
      return [`nonce=${nonce()}`, `grace_tenths=${Math.trunc(request.graceSeconds * 10)}`];
    default:
      return [];
  }
}

/** A shell function that prints a text. A here-document takes it literally, and it never becomes an argument that `ps` shows. */
function printer(name: string, text: string): string {
  const end = `vigie-${nonce()}`;
  return `${name}() { cat <<'${end}'\n${text}${end}\n}`;
}

function nonce(): string {
  return randomBytes(9).toString('hex');
}

/** A command as it is to run on the target. */
export interface StepCommand {
  /** For /bin/sh, of any length. */
  readonly command: string;
  /** Become environment variables of the command; the command names them. May hold secrets. */
  readonly parameters: Readonly<Record<string, string>>;
  /** How much output the target keeps (rounded up to 512 bytes). */
  readonly outputLimitBytes: number;
  /** As root: by sudo without a question, unless the account is root itself. */
  readonly elevated?: boolean;
}

/**
 * The file that runs on the target: parameters as exported variables, then the command, in which they are only ever
 * named (`"$SERVICE"`), never pasted. It deletes itself first, because a parameter may be a secret.
 * @throws RangeError on a name that is not a variable's, or a NUL byte
 */
export function commandScript({ command, parameters, elevated = false }: StepCommand): string {
  if (command.includes('\0')) throw new RangeError('a command cannot hold a NUL byte');
  const lines = Object.entries(parameters).map(([name, value]) => {
    if (!variableName.test(name)) throw new RangeError('a parameter is named like a shell variable');
    return `export ${name}=${shellQuote(value)}`;
  });
  // Typed in a browser on any system: a carriage return would become part of the last word of each line.
  const script = ['rm -f -- "$0"', ...lines, command.replaceAll('\r\n', '\n'), ''].join('\n');
  return elevated ? elevatedScript(script) : script;
}

/** sudo clears the environment and closes files, so the script reaches root by its input and becomes a file of root's. */
function elevatedScript(script: string): string {
  const receive = [
    'mask=$(umask)',
    'umask 077',
    'file=$(mktemp "${TMPDIR:-/tmp}/vigie.XXXXXXXX") || exit 1',
    'cat >"$file"',
    'umask "$mask"',
    'exec /bin/sh "$file" </dev/null',
  ].join('\n');
  const end = `vigie-${nonce()}`;
  return [
    'rm -f -- "$0"',
    'if [ "$(id -u)" = 0 ]; then elevate=; else elevate="sudo -n"; fi',
    `$elevate /bin/sh -c ${shellQuote(receive)} <<'${end}'`,
    `${script}${end}`,
    '',
  ].join('\n');
}
