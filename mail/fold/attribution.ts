import type { Line } from './line.ts';
import { dateFirst, dateOpeners, dateSign, dashedWrote, quoting, wroteVerbs } from './mark-words.ts';

/** "On Monday 3 November 2025 at 10:12, Jane Doe <jane@example.com> wrote:" is broken into this many lines at most. */
const mostLines = 6;
const longestAttribution = 500;

/** The end of one whose address was broken before its ">": it looks like a quote. */
const brokenTail = /^>\s?(?:wrote|a écrit|schrieb|skrev|schreef|napisał)?\s?:\s*$/iu;

/** The line after an attribution that begins at `at`; null when none begins there. */
export function attributionEnd(lines: readonly Line[], at: number): number | null {
  const first = lines[at];
  if (first === undefined || first.bare === '') return null;
  if (first.hint === 'attribution') return endOfHint(lines, at);
  if (dashedWrote.test(first.bare)) return at + 1;
  return endOfJoined(lines, at, first);
}

/** Joins the lines from `at` until they say together who wrote what follows. */
function endOfJoined(lines: readonly Line[], at: number, first: Line): number | null {
  const opens = dateOpeners.test(first.bare) || dateFirst.test(first.bare);
  let joined = '';
  for (let end = at; end < Math.min(at + mostLines, lines.length); end += 1) {
    const line = lines[end];
    if (line === undefined) return null;
    if (line.depth !== first.depth) return opens && brokenTail.test(line.raw) && hasAddress(joined) ? end + 1 : null;
    // A mail program that breaks lines where it likes leaves at most one of them blank.
    if (line.isBlank && (!opens || (lines[end + 1]?.isBlank ?? true) || !joined.includes(':'))) return null;
    joined = `${joined} ${line.bare}`.trim();
    if (joined.length > longestAttribution) return null;
    if (isAttribution(joined, isQuoteNext(lines, end + 1, first.depth))) return end + 1;
    if (!opens && !(joined.includes('<') && !joined.includes('>'))) return null;
  }
  return null;
}

/** "11:00 AM, November 17, 2021, Jane <jane@example.com>:" in any language: a date, a comma, an address and a colon. */
const dateAndAddress = /^(?:\d|\p{L}{1,4}[.,]? ?,? ?\d).{6,160}[<(]\s?\S+@\S+\s?[>)]\s?:$/u;

/** In these languages nothing but the colon follows the verb; in others the name does. */
const verbComesLast = /^(?:wrote|writes|said|sent|a écrit|a ecrit|écrivait|écrit|a envoyé)$/iu;

/** Whether a text, its lines joined by spaces, says who wrote what follows. */
export function isAttribution(text: string, isQuoteBelow: boolean): boolean {
  const endsWell = /:[-–—*_\s]{0,40}$/u.test(text);
  if (quoting.test(text)) return hasAddress(text) || isQuoteBelow;
  if (dateFirst.test(text) && hasAddress(text)) return endsWell || isQuoteBelow;
  if (dateAndAddress.test(text) && dateSign.test(text)) return true;
  const verb = wroteVerbs.exec(text);
  if (verb === null) return false;
  const isVerbLast = /^[-–—*_\s:]{0,40}$/u.test(text.slice(verb.index + verb[0].length));
  if (dateOpeners.test(text) && dateSign.test(text)) return isVerbLast || (endsWell && !verbComesLast.test(verb[0]));
  return isByName(text, verb, { endsWell, isVerbLast, isQuoteBelow });
}

/** One that begins with the name and may have no date. */
function isByName(
  text: string,
  verb: RegExpExecArray,
  {
    endsWell,
    isVerbLast,
    isQuoteBelow,
  }: { readonly endsWell: boolean; readonly isVerbLast: boolean; readonly isQuoteBelow: boolean },
): boolean {
  // "Jane Doe wrote:", "Jane Doe/Paris/Firm a écrit le 03/11/2025 10:12 :"
  if (!endsWell) return isVerbLast && isQuoteBelow && hasAddress(text);
  if (verb.index === 0) return false;
  if (hasAddress(text) && text.length < 200) return true;
  if (dateSign.test(text.slice(verb.index)) && /[\p{L}/]+\/[\p{L}/]+/u.test(text)) return true;
  return isQuoteBelow && text.length < 160;
}

function hasAddress(text: string): boolean {
  return /\S@\S/u.test(text) || /mailto:/iu.test(text);
}

function isQuoteNext(lines: readonly Line[], from: number, depth: number): boolean {
  for (let at = from; at < Math.min(from + 4, lines.length); at += 1) {
    const line = lines[at];
    if (line === undefined) return false;
    if (line.depth > depth) return true;
    if (!line.isBlank) return false;
  }
  return false;
}

function endOfHint(lines: readonly Line[], at: number): number {
  let end = at + 1;
  while (lines[end]?.hint === 'attribution') end += 1;
  return end;
}

/** A line that carries somebody's answer and, behind it, the attribution of the quote below; null when it does not. */
export function sharedAttribution(line: Line, next: Line | undefined): { readonly own: string } | null {
  if (line.depth > 0 || line.bare === '' || next === undefined || next.depth === 0) return null;
  if (!/(?:wrote|a écrit)\s?:$/iu.test(line.bare)) return null;
  const found =
    /(?:\s|-{2,}\s?)(?:On\s(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\p{L}*|\d)|Le\s(?:(?:lun|mar|mer|jeu|ven|sam|dim)\p{L}*|\d))/u.exec(
      line.raw,
    );
  if (found === null || line.raw.slice(0, found.index).trim() === '') return null;
  return { own: line.raw.slice(0, found.index) };
}
