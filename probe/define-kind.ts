import type { AnyCheckKind, CheckContext, CheckResult, CheckTarget, KindShape, Reason } from './check-kind.ts';
import { conditionsOf, forgiveIdle, withoutIdle } from './only-when.ts';
import { sanitiseOutput } from './sanitise-output.ts';
import { secretFields } from './secret-text.ts';

/** Hides a kind's own types, so that all kinds fit in one table and are used in one way. */
export function defineKind<Settings extends Record<string, unknown>>(kind: KindShape<Settings>): AnyCheckKind {
  let secrets: readonly string[] | undefined;
  // Made when first asked for: a server with a few kinds of check pays for no others.
  let idle: { conditions: ReturnType<typeof conditionsOf>; defaults: Settings } | undefined;
  const ofUse = () => (idle ??= { conditions: conditionsOf(kind.settings), defaults: kind.settings.parse({}) });
  const completed = new WeakMap<object, Settings>();
  return {
    name: kind.name,
    defaults: kind.defaults,
    requires: kind.requires,
    ...(kind.slotMs === undefined ? {} : { slotMs: kind.slotMs }),
    runsPrograms: kind.runsPrograms ?? false,
    ...(kind.confirmations === undefined ? {} : { confirmations: kind.confirmations }),
    schema: kind.settings,
    secrets: () => (secrets ??= secretFields(kind.settings)),
    texts: kind.texts,
    complete: (settings) => kind.settings.parse(forgiveIdle(settings, kind.settings, ofUse().conditions)),
    prepare(settings, target) {
      // Checks that share one settings object share what was made of it.
      const known = typeof settings === 'object' && settings !== null ? completed.get(settings) : undefined;
      const complete = known ?? withoutIdle(kind.settings.parse(settings), ofUse().defaults, ofUse().conditions);
      if (known === undefined && typeof settings === 'object' && settings !== null) completed.set(settings, complete);
      return (context) => runSafely(kind, complete, target, context);
    },
    propose: (facts) =>
      (kind.propose?.(facts) ?? []).map((each) => ({ ...each, settings: kind.settings.parse(each.settings) })),
    tell({ code, data }, language) {
      const { reasons } = kind.texts[language];
      return Object.hasOwn(reasons, code) ? (reasons[code]?.(data) ?? code) : code;
    },
  };
}

/** A fault in the kind itself must not be mistaken for a fault of the target: the verdict is `unknown`. */
async function runSafely<Settings>(
  kind: KindShape<Settings>,
  settings: Settings,
  target: CheckTarget,
  context: CheckContext,
): Promise<CheckResult> {
  const startedMs = context.clock.nowMs();
  try {
    const result = await kind.run(settings, target, context);
    const reason = harmless(result.reason);
    // Not copied when nothing had to be made safe: evidence that is made when it is read stays unmade.
    return reason === result.reason ? result : { ...result, reason };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      verdict: 'unknown',
      reason: { code: 'internal', data: { message: message.slice(0, 300) } },
      output: '',
      metrics: [],
      durationMs: context.clock.nowMs() - startedMs,
    };
  }
}

const longestWordBytes = 500;

/** A reason may quote what the target said: its texts are stored, sent and shown like the output, so they are made safe like it. */
function harmless(reason: Reason): Reason {
  const { code, data } = reason;
  if (Object.values(data).every((value) => typeof value !== 'string')) return reason;
  const safe = Object.entries(data).map(([name, value]): [string, string | number | boolean] => [
    name,
    typeof value === 'string' ? sanitiseOutput(value, longestWordBytes) : value,
  ]);
  return { code, data: Object.fromEntries(safe) };
}
