import { shellQuote } from '#ssh/shell-quote.ts';
import type { LogSettings } from './settings.ts';

/** Most of a log that is read in one run. */
export const readLimitBytes = 1024 * 1024;
/** What is further behind than this is skipped: a burst must not keep the check in the past for hours. */
const behindLimitBytes = 16 * 1024 * 1024;

/**
 * Where a log was read to: a file by its inode and an offset, a journal by its cursor, or by the host's clock (seconds)
 * as long as nothing was read from it: the cursor of an entry of another unit would swallow the first of this one.
 */
export type LogPlace =
  | { readonly kind: 'file'; readonly inode: string; readonly offset: number }
  | { readonly kind: 'journal'; readonly cursor: string }
  | { readonly kind: 'journalSince'; readonly since: string };

/** The place as it is kept between runs. */
export function placeText(place: LogPlace): string {
  switch (place.kind) {
    case 'file':
      return `${place.inode}:${place.offset}`;
    case 'journalSince':
      return `since=${place.since}`;
    default:
      return place.cursor;
  }
}

/** Reads what {@link placeText} wrote; undefined for anything else. */
export function readPlace(source: LogSettings['source'], text: string | number | undefined): LogPlace | undefined {
  if (typeof text !== 'string') return undefined;
  if (source === 'journal') {
    const [, since] = /^since=(\d{9,12}(?:\.\d{1,9})?)$/u.exec(text) ?? [];
    if (since !== undefined) return { kind: 'journalSince', since };
    return /^[\w=;]{10,400}$/u.test(text) ? { kind: 'journal', cursor: text } : undefined;
  }
  const [, inode, offset] = /^(\d{1,20}):(\d{1,15})$/u.exec(text) ?? [];
  return inode === undefined ? undefined : { kind: 'file', inode, offset: Number(offset) };
}

/** One command that gives what a log has beyond a place; without a place it only says where the log ends. */
export function logScript(settings: LogSettings, place: LogPlace | undefined): string {
  if (settings.source === 'journal') return journalScript(settings, place);
  return fileScript(settings.path, place?.kind === 'file' ? place : undefined);
}

function fileScript(path: string, place: { inode: string; offset: number } | undefined): string {
  const known = place === undefined ? '' : place.inode;
  const offset = place?.offset ?? 0;
  return `LC_ALL=C; export LC_ALL
p=${shellQuote(path)}; known='${known}'; at=${offset}
[ -e "$p" ] || { echo absent; exit 0; }
[ -f "$p" ] && [ -r "$p" ] || { echo unreadable; exit 0; }
set -- $(stat -L -c '%i %s' -- "$p"); inode=$1; size=$2
if [ -z "$known" ]; then echo "place $inode $size 0"; exit 0; fi
if [ "$inode" != "$known" ]; then
  old=$(find "$(dirname -- "$p")" -maxdepth 1 -type f -inum "$known" 2>/dev/null | head -n 1)
  echo "place $inode 0 1"; echo text
  [ -n "$old" ] && tail -c "+$((at + 1))" -- "$old" | head -c ${readLimitBytes / 2}
  echo; echo '@@vigie:next'
  head -c ${readLimitBytes / 2} -- "$p"; exit 0
fi
skipped=0
if [ "$size" -lt "$at" ]; then at=0; skipped=1
elif [ $((size - at)) -gt ${behindLimitBytes} ]; then at=$((size - ${readLimitBytes})); skipped=2; fi
echo "place $inode $at $skipped"; echo text
tail -c "+$((at + 1))" -- "$p" | head -c ${readLimitBytes}`;
}

// Whoever may not see the system's journal is told so on the error output, and would else be shown an empty one.
const mayRead = `LC_ALL=C; export LC_ALL
command -v journalctl >/dev/null || { echo noJournal; exit 0; }
journalctl --no-pager --lines=1 2>&1 >/dev/null | grep -q 'insufficient permissions\\|not seeing messages' && { echo noRights; exit 0; }
`;

function journalScript({ unit }: LogSettings, place: LogPlace | undefined): string {
  if (place === undefined || place.kind === 'file')
    return `${mayRead}echo journal; echo "since $(date +%s.%N | cut -c 1-17)"`;
  const ofUnit = unit === '' ? '' : ` --unit=${shellQuote(unit)}`;
  const from = place.kind === 'journal' ? `--after-cursor=${shellQuote(place.cursor)}` : `--since=@${place.since}`;
  return `${mayRead}echo journal; journalctl --no-pager --quiet --output=json --output-fields=MESSAGE,SYSLOG_IDENTIFIER${ofUnit} ${from} 2>/dev/null | head -c ${readLimitBytes}`;
}
