import { setImmediate as breathe } from 'node:timers/promises';
import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { accessMissing, sshResult } from '#probe/ssh-reasons.ts';
import { compilePattern } from '#probe/web/safe-pattern.ts';
import { logScript, placeText, readLimitBytes, readPlace } from './log-script.ts';
import { readLog } from './read-log.ts';
import { hitsInWindow, hitsName } from './recent-hits.ts';
import { logSettings, type LogSettings } from './settings.ts';
import { logTexts, type LogReasons } from './texts.ts';

const kind: CheckKind<LogSettings, LogReasons> = {
  name: 'log',
  settings: logSettings,
  texts: logTexts,
  defaults: { intervalMs: 30_000, timeoutMs: 15_000 },
  requires: 'ssh',
  run: runLog,
};

/** New lines of a log file or of the journal, searched for patterns over SSH. */
export const log = defineKind(kind);

const placeName = 'place';
const shownName = 'shown';
const ofName = 'of';

async function runLog(
  settings: LogSettings,
  _target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<LogReasons>> {
  const startedMs = context.clock.nowMs();
  if (context.ssh === undefined) return accessMissing();
  forgetOther(settings, context);
  const place = readPlace(settings.source, context.kept.get(placeName));
  try {
    const done = await context.ssh.transport.exec(context.ssh.target, logScript(settings, place), {
      timeoutMs: context.timeoutMs,
      maxOutputBytes: readLimitBytes + 4_096,
      signal: context.signal,
    });
    const reading = readLog(done.stdout, place === undefined);
    const passed = (): number => context.clock.nowMs() - startedMs;
    if (reading.kind !== 'lines')
      return {
        ...failed(settings, reading.kind),
        output: sanitiseOutput(done.stderr, 1_000),
        metrics: [],
        durationMs: passed(),
      };
    if (reading.place !== undefined) context.kept.set(placeName, placeText(reading.place));
    if (reading.lines.length > 0) context.tellLines?.(reading.lines);
    const found = await search(settings, reading.lines);
    const inWindow = hitsInWindow(context.kept, found.length, startedMs, settings.windowMinutes * 60_000);
    const metrics: Metric[] = [
      { name: 'lines', unit: 'count', value: reading.lines.length },
      { name: 'matches', unit: 'count', value: found.length },
      { name: 'recent', unit: 'count', value: inWindow },
    ];
    const output = remember(found, inWindow, context);
    return { ...judge(settings, inWindow, reading.event, output), output, metrics, durationMs: passed() };
  } catch (error) {
    return sshResult(error, startedMs, context);
  }
}

/** What is kept of another log says nothing of this one: its place, its matches, its lines. */
function forgetOther({ source, path, unit }: LogSettings, { kept, memory }: CheckContext): void {
  const of = source === 'file' ? path : `journal ${unit}`;
  const before = kept.get(ofName);
  if (before === of) return;
  kept.set(ofName, of);
  if (before === undefined) return;
  kept.set(placeName, undefined);
  kept.set(hitsName, undefined);
  memory.set(shownName, undefined);
}

function failed(
  { path }: LogSettings,
  code: 'absent' | 'unreadable' | 'noJournal' | 'noRights' | 'nothing',
): { verdict: Verdict; reason: ReasonOf<LogReasons> } {
  switch (code) {
    case 'absent':
      return { verdict: 'down', reason: { code, data: { path } } };
    case 'unreadable':
      return { verdict: 'unknown', reason: { code, data: { path } } };
    default:
      return { verdict: 'unknown', reason: { code, data: {} } };
  }
}

const linesAtOnce = 2_000;
const lineLimit = 8_192;

/** The lines that match one of the patterns and none of the excluded ones; all lines where no pattern is given. */
async function search({ include, exclude }: LogSettings, lines: readonly string[]): Promise<string[]> {
  const wanted = include.map((each) => compilePattern(each));
  const unwanted = exclude.map((each) => compilePattern(each));
  const found: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (index % linesAtOnce === linesAtOnce - 1) await breathe();
    const text = line.slice(0, lineLimit);
    const fits = wanted.length === 0 || wanted.some((pattern) => pattern.test(text));
    if (fits && !unwanted.some((pattern) => pattern.test(text))) found.push(text);
  }
  return found;
}

const shownLines = 12;

/** The last matching lines, also those of the runs before as long as they count. */
function remember(found: readonly string[], inWindow: number, { memory }: CheckContext): string {
  const before = memory.get(shownName);
  const old = inWindow > 0 && typeof before === 'string' ? before.split('\n') : [];
  const lines = [...old, ...found.map((line) => sanitiseOutput(line, 500).replaceAll('\n', ' '))].slice(-shownLines);
  const text = lines.join('\n');
  memory.set(shownName, text === '' ? undefined : text);
  return sanitiseOutput(text);
}

function judge(
  { degradedFrom, downFrom, windowMinutes }: LogSettings,
  count: number,
  event: 'none' | 'rotated' | 'skipped',
  shown: string,
): { verdict: Verdict; reason: ReasonOf<LogReasons> } {
  const last = (shown.split('\n').at(-1) ?? '').slice(0, 200);
  const data = { count, minutes: windowMinutes, last };
  if (downFrom > 0 && count >= downFrom) return { verdict: 'down', reason: { code: 'found', data } };
  if (degradedFrom > 0 && count >= degradedFrom) return { verdict: 'degraded', reason: { code: 'found', data } };
  if (event === 'skipped') return { verdict: 'degraded', reason: { code: 'skipped', data: {} } };
  return { verdict: 'up', reason: { code: 'quiet', data: { count, minutes: windowMinutes } } };
}
