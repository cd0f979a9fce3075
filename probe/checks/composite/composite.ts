import type { CheckContext, CheckKind, CheckTarget, KindResult } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { mostMembers } from '#probe/inside-view.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { compositeSettings, memberOf, type CompositeSettings } from './settings.ts';
import { compositeTexts, type CompositeReasons } from './texts.ts';
import { weighMembers, type Weighed } from './weigh-members.ts';

const kind: CheckKind<CompositeSettings, CompositeReasons> = {
  name: 'composite',
  settings: compositeSettings,
  texts: compositeTexts,
  defaults: { intervalMs: 10_000, timeoutMs: 1_000 },
  requires: 'inside',
  confirmations: { failures: 1, recoveries: 1 },
  run: runComposite,
};

/** Other checks weighed together: how a service is that rests on several of them. */
export const composite = defineKind(kind);

async function runComposite(
  settings: CompositeSettings,
  _target: CheckTarget,
  { inside }: CheckContext,
): Promise<KindResult<CompositeReasons>> {
  if (inside === undefined)
    return { verdict: 'unknown', reason: { code: 'outside', data: {} }, output: '', metrics: [], durationMs: 0 };
  const ids = settings.members.map((written) => memberOf(written).id);
  const members = inside.members({ ids, kind: settings.kind, named: settings.named });
  // Weighing some of them only would say more than is known.
  if (members.length > mostMembers)
    return {
      verdict: 'unknown',
      reason: { code: 'tooMany', data: { most: mostMembers } },
      output: '',
      metrics: [],
      durationMs: 0,
    };
  const weighed = weighMembers(settings, members);
  return {
    verdict: weighed.verdict,
    reason: reasonOf(weighed),
    output: sanitiseOutput(members.map(({ target, name, state }) => `${state}  ${target}  ${name}`).join('\n')),
    metrics: [
      { name: 'good', unit: 'count', value: weighed.good },
      { name: 'share', unit: 'percent', value: weighed.percent },
    ],
    durationMs: 0,
  };
}

const mostNamed = 3;

function reasonOf({ verdict, good, all, bad, unknown }: Weighed): KindResult<CompositeReasons>['reason'] {
  if (all === 0) return { code: 'empty', data: {} };
  if (verdict === 'unknown') return { code: 'unsure', data: { good, all, unknown } };
  if (bad.length === 0) return { code: 'allGood', data: { all } };
  const names = bad.slice(0, mostNamed).join(', ');
  return { code: 'someBad', data: { good, all, names, more: Math.max(0, bad.length - mostNamed) } };
}
