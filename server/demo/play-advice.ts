import type { AnomalyMode } from '#contract/advice-anomalies.ts';
import { checkOn, lookedOf } from './company/checks.ts';
import { clearedBeforeMs, clearedHost, recommendedBeforeMs, slowService } from './company/stories.ts';
import { floorHour, pastHours } from './fill-measurements.ts';
import { pass, passTo, type Play } from './incident-moves.ts';

/**
 * Advice of some days ago: it recommended to clear a disk, somebody did, and what that brought is measured since. Played at
 * its moment in the past, so its measurements are brought along first.
 */
export async function playAdvice(play: Play, nowMs: number): Promise<void> {
  const { stage, company } = play;
  const { advice, watch } = stage.modules;
  const check = checkOn(clearedHost, 'linux-host');
  passTo(play, nowMs - recommendedBeforeMs);
  await watch.history.begin(new Date(floorHour(nowMs)));
  const hours = pastHours({ ...lookedOf(check), presentMs: nowMs }, [], nowMs);
  await watch.history.addMeasurements(company.checkIds.get(check) ?? '', [], hours);
  await stage.happen(() => advice.lookOnce());
  const asked = { kind: 'diskFilling', state: 'open', limit: 10 } as const;
  const { recommendations } = advice.handlers;
  const found = await stage.act(company.crew.karim, 'advice.recommendations.list', asked, recommendations.list);
  const [first] = found.items;
  if (first === undefined) return;
  pass(play, 2_400);
  const { id } = first;
  await stage.act(company.crew.karim, 'advice.recommendations.accept', { id }, recommendations.accept);
  passTo(play, nowMs - clearedBeforeMs);
  await stage.act(company.crew.karim, 'advice.recommendations.done', { id }, recommendations.done);
}

/** The page that has become slow is one whose anomalies are to alarm; those of all others are marked. */
export async function layPolicies({ stage, company }: Play): Promise<void> {
  const { policies } = stage.modules.advice.handlers;
  const key = company.checkIds.get(checkOn(slowService, 'http')) ?? '';
  const mode: AnomalyMode = 'alert';
  const asked = { scope: 'check', key, mode, learningHours: 72, leastShare: 0.3, leastAmount: 20 } as const;
  await stage.act(company.demonstrator, 'advice.policies.set', asked, policies.set);
}
