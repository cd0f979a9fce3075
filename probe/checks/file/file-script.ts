import { shellQuote } from '#ssh/shell-quote.ts';
import type { FileSettings } from './settings.ts';

const contentLimitBytes = 256 * 1024;
const hashLimitBytes = 64 * 1024 * 1024;

/** One command that tells what is at a path: a file, or the files of a folder, the newest of them, and a content. */
export function fileScript({ path, namePattern, contentPattern, contentAbsent, warnChanged }: FileSettings): string {
  const quoted = shellQuote(path);
  const name = namePattern === '' ? '' : ` -name ${shellQuote(namePattern)}`;
  const wantsContent = contentPattern !== '' || contentAbsent !== '';
  // -printf is GNU's; without it the newest of a folder cannot be told cheaply, and that is said.
  return `LC_ALL=C; export LC_ALL
p=${quoted}
echo "now $(date +%s)"
if [ ! -e "$p" ] && [ ! -L "$p" ]; then
  d=$(dirname -- "$p"); if [ -d "$d" ] && [ ! -x "$d" ]; then echo refused; else echo absent; fi
elif [ -d "$p" ]; then
  echo folder
  find "$p" -mindepth 1 -maxdepth 1 -type f${name} -printf 'f %T@ %s %f\\n' 2>/dev/null | awk '{n++; s+=$3; if ($2+0 > m+0) {m=$2; x=$0}} END {print "sum", n+0, s+0; if (n) print x}'
  f=$(find "$p" -mindepth 1 -maxdepth 1 -type f${name} -printf '%T@ %f\\n' 2>/dev/null | sort -rn | head -n 1 | cut -d' ' -f2-)
  [ -n "$f" ] && p="$p/$f"
else
  echo file
  stat -L -c 'f %Y %s %n' -- "$p" || { [ -L "$p" ] && echo absent; }
fi
if [ -f "$p" ]; then
  if [ -r "$p" ]; then
    ${warnChanged ? `echo "hash $(head -c ${hashLimitBytes} -- "$p" | sha256sum | cut -c1-64)"` : ':'}
    ${wantsContent ? `echo content; tail -c ${contentLimitBytes} -- "$p"` : ':'}
  else echo unreadable; fi
fi; true`;
}

/** What was found at a path. */
export interface FileFacts {
  readonly kind: 'file' | 'folder' | 'absent' | 'refused';
  /** The file, or the newest of the folder. */
  readonly file: { readonly name: string; readonly ageSeconds: number; readonly bytes: number } | undefined;
  readonly files: number;
  readonly bytes: number;
  readonly hash: string | undefined;
  readonly content: string | undefined;
  readonly readable: boolean;
}

/** Reads the output of {@link fileScript}; undefined when it is not its. */
export function readFacts(output: string): FileFacts | undefined {
  const at = output.indexOf('\ncontent\n');
  const content = at < 0 ? undefined : output.slice(at + '\ncontent\n'.length);
  const lines = (at < 0 ? output : output.slice(0, at)).split('\n');
  const line = (shape: RegExp): RegExpExecArray | undefined =>
    lines.map((each) => shape.exec(each)).find((found) => found !== null) ?? undefined;
  const now = Number(line(/^now (\d+)$/u)?.[1]);
  if (!Number.isFinite(now)) return undefined;
  const kind = (['folder', 'refused', 'absent', 'file'] as const).find((each) => lines.includes(each));
  if (kind === undefined) return undefined;
  const found = line(/^f (\d+)(?:\.\d+)? (\d+) (.*)$/u);
  const sum = line(/^sum (\d+) (\d+)/u);
  const bytes = Number(found?.[2] ?? 0);
  return {
    kind: kind === 'file' && found === undefined ? 'absent' : kind,
    file:
      found === undefined
        ? undefined
        : { name: found[3] ?? '', ageSeconds: Math.max(0, now - Number(found[1])), bytes },
    files: kind === 'folder' ? Number(sum?.[1] ?? 0) : found === undefined ? 0 : 1,
    bytes: kind === 'folder' ? Number(sum?.[2] ?? 0) : bytes,
    hash: line(/^hash ([0-9a-f]{64})$/u)?.[1],
    content,
    readable: !lines.includes('unreadable'),
  };
}
