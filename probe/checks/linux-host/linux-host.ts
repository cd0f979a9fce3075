import type { CheckContext, CheckKind, CheckTarget, KindResult } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { folderLookDue, folderMetrics, folderScript, noteFolders } from '#probe/machine/growing-folders.ts';
import { judgeHost } from '#probe/machine/judge-host.ts';
import type { FileSystemReading } from '#probe/machine/machine-reading.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { accessMissing, runOverSsh, sshResult } from '#probe/ssh-reasons.ts';
import { hostScript, readSections } from './host-script.ts';
import { readHost, updatesAreDue } from './read-host.ts';
import { linuxHostSettings, type LinuxHostSettings } from './settings.ts';
import { linuxHostTexts, type LinuxHostReasons } from './texts.ts';

const kind: CheckKind<LinuxHostSettings, LinuxHostReasons> = {
  name: 'linux-host',
  settings: linuxHostSettings,
  texts: linuxHostTexts,
  defaults: { intervalMs: 30_000, timeoutMs: 20_000 },
  requires: 'ssh',
  run: runLinuxHost,
};

/** A Linux host, looked at over SSH with nothing installed on it. */
export const linuxHost = defineKind(kind);

async function runLinuxHost(
  settings: LinuxHostSettings,
  _target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<LinuxHostReasons>> {
  const startedMs = context.clock.nowMs();
  if (context.ssh === undefined) return accessMissing();
  try {
    const done = await runOverSsh(context.ssh, hostScript(updatesAreDue(context)), context);
    const durationMs = context.clock.nowMs() - startedMs;
    const reading = readHost(readSections(done.stdout.toString('utf8')), context);
    if (reading === undefined) {
      const output = sanitiseOutput(`${done.stdout.toString('utf8')}${done.stderr.toString('utf8')}`, 2_000);
      return { verdict: 'unknown', reason: { code: 'notLinux', data: {} }, output, metrics: [], durationMs };
    }
    const judged = judgeHost(settings, reading);
    await lookIntoFolders(reading.fileSystems, context, startedMs);
    return { ...judged, metrics: [...judged.metrics, ...folderMetrics(context)], durationMs };
  } catch (error) {
    return sshResult(error, startedMs, context);
  }
}

/** What fills the fullest file system, now and then; whether that works says nothing of the host. */
async function lookIntoFolders(
  fileSystems: readonly FileSystemReading[],
  context: CheckContext,
  startedMs: number,
): Promise<void> {
  const path = folderLookDue(fileSystems, context);
  const leftMs = context.timeoutMs - (context.clock.nowMs() - startedMs) - 1_000;
  if (path === null || context.ssh === undefined || leftMs < 2_000) return;
  try {
    const { transport, target } = context.ssh;
    const timeoutMs = Math.min(leftMs, 10_000);
    const asked = { timeoutMs, maxOutputBytes: 32_768, signal: context.signal };
    const done = await transport.exec(target, folderScript(path), asked);
    noteFolders(done.stdout.toString('utf8'), path, context);
  } catch {
    noteFolders('', path, context);
  }
}
