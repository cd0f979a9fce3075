import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { accessMissing, sshResult } from '#probe/ssh-reasons.ts';
import { fileScript, readFacts, type FileFacts } from './file-script.ts';
import { judgeFile } from './judge-file.ts';
import { fileSettings, type FileSettings } from './settings.ts';
import { fileTexts, type FileReasons } from './texts.ts';

const kind: CheckKind<FileSettings, FileReasons> = {
  name: 'file',
  settings: fileSettings,
  texts: fileTexts,
  defaults: { intervalMs: 60_000, timeoutMs: 10_000 },
  requires: 'ssh',
  run: runFile,
};

/** A file or a folder of a host, looked at over SSH. */
export const file = defineKind(kind);

const outputLimitBytes = 300 * 1024;

async function runFile(
  settings: FileSettings,
  _target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<FileReasons>> {
  const startedMs = context.clock.nowMs();
  if (context.ssh === undefined) return accessMissing();
  try {
    const done = await context.ssh.transport.exec(context.ssh.target, fileScript(settings), {
      timeoutMs: context.timeoutMs,
      maxOutputBytes: outputLimitBytes,
      signal: context.signal,
    });
    const durationMs = context.clock.nowMs() - startedMs;
    const facts = readFacts(done.stdout.toString('utf8'));
    if (facts === undefined) {
      const output = sanitiseOutput(done.stderr.toString('utf8'), 2_000);
      return { verdict: 'unknown', reason: { code: 'noAnswer', data: {} }, output, metrics: [], durationMs };
    }
    const output = evidence(facts);
    return { ...judgeFile(settings, facts, context.kept), output, metrics: measure(facts), durationMs };
  } catch (error) {
    return sshResult(error, startedMs, context);
  }
}

function measure({ kind: what, file: found, files, bytes }: FileFacts): Metric[] {
  return [
    ...(what === 'folder' ? [{ name: 'files', unit: 'count', value: files } as const] : []),
    ...(found === undefined ? [] : [{ name: 'age', unit: 'seconds', value: found.ageSeconds } as const]),
    ...(what === 'absent' || what === 'refused' ? [] : [{ name: 'size', unit: 'bytes', value: bytes } as const]),
  ];
}

function evidence({ file: found, files, bytes, hash, content = '' }: FileFacts): string {
  const name = found === undefined ? '' : `${found.name}, ${found.ageSeconds} s\n`;
  const sum = `${files} × ${bytes} B${hash === undefined ? '' : `\nsha256 ${hash}`}`;
  return sanitiseOutput(`${name}${sum}\n${content.slice(-1_500)}`.trim(), 4_096);
}
