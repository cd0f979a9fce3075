import type { CheckContext, CheckKind, CheckTarget, KindResult } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { judgeMachine } from '#probe/machine/judge-machine.ts';
import { machineEvidence, measureMachine } from '#probe/machine/measure-machine.ts';
import { localHostSettings, type LocalHostSettings } from './settings.ts';
import { localHostTexts, type LocalHostReasons } from './texts.ts';

const kind: CheckKind<LocalHostSettings, LocalHostReasons> = {
  name: 'local-host',
  settings: localHostSettings,
  texts: localHostTexts,
  defaults: { intervalMs: 5_000, timeoutMs: 3_000 },
  requires: 'local',
  run: runLocalHost,
  propose: (facts) => (facts.isThisMachine ? [{ settings: {}, recommended: true }] : []),
};

/** The machine that the probe itself runs on. */
export const localHost = defineKind(kind);

async function runLocalHost(
  settings: LocalHostSettings,
  _target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<LocalHostReasons>> {
  const startedMs = context.clock.nowMs();
  try {
    const reading = await context.tools.local.read();
    return {
      ...judgeMachine(settings, reading),
      output: machineEvidence(reading),
      metrics: measureMachine(reading),
      durationMs: context.clock.nowMs() - startedMs,
    };
  } catch (error) {
    const message = error instanceof Error ? error.message.slice(0, 200) : 'unknown';
    return {
      verdict: 'unknown',
      reason: { code: 'unreadable', data: { message } },
      output: '',
      metrics: [],
      durationMs: context.clock.nowMs() - startedMs,
    };
  }
}
