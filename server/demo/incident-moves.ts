import type { State } from '#contract/alert.ts';
import type { Language, NamedThing } from '#contract/words.ts';
import { checks, lookedOf, type InventedCheck } from './company/checks.ts';
import { hosts, linkToQuebec } from './company/hosts.ts';
import { services } from './company/offered-services.ts';
import { runbooks, type RunbookKey } from './company/runbooks.ts';
import { inventResult, type Failing } from './invent-result.ts';
import { shellOutput } from './invent-shell.ts';
import { thingNamed, type Company } from './settle-company.ts';
import type { Actor, Stage } from './stage.ts';

/** A span in which a check failed: its measurements must show it. `untilMs` null: it still does. */
export interface Outage {
  readonly check: InventedCheck;
  readonly fromMs: number;
  readonly untilMs: number | null;
  readonly failing: Failing;
}

/** What the story is played with. */
export interface Play {
  readonly stage: Stage;
  readonly company: Company;
  readonly outages: Outage[];
}

const secondMs = 1_000;

/** Lets the clock say a moment. */
export function passTo({ stage }: Play, atMs: number): void {
  stage.passTo(new Date(atMs));
}

/** Lets some seconds pass. */
export function pass({ stage }: Play, seconds: number): void {
  stage.passTo(new Date(stage.now().getTime() + seconds * secondMs));
}

function settle(
  play: Play,
  check: InventedCheck,
  now: { state: State; because: NamedThing | null; failing: Failing | null; firstMs: number },
): Promise<void> {
  const { stage, company } = play;
  const checkId = company.checkIds.get(check);
  if (checkId === undefined) return Promise.resolve();
  const first = new Date(now.firstMs);
  const outcome = inventResult(lookedOf(check), now.failing, now.firstMs);
  return stage.happen(() =>
    stage.modules.watch.history.settle({
      checkId,
      target: thingNamed(company.things, check.on.name),
      state: now.state,
      flapping: false,
      because: now.because,
      first,
      result: { ...outcome, at: first, confirming: true },
    }),
  );
}

/** The checks that cannot do without what a check watches: those are unreachable when it is down. */
export function behind(check: InventedCheck): InventedCheck[] {
  const gone = new Set([check.on.name]);
  if (check.on.name === linkToQuebec) for (const { name, site } of hosts) if (site === 'quebec') gone.add(name);
  for (const { name, needs } of services) if (needs.some((needed) => gone.has(needed))) gone.add(name);
  return checks.filter(
    (other) => other !== check && gone.has(other.on.name) && (other.on.name !== check.on.name || check.kind === 'icmp'),
  );
}

/** A check fails: confirmed some seconds later, and what stands behind it is unreachable. */
export async function fail(play: Play, check: InventedCheck, failing: Failing, atMs: number): Promise<void> {
  passTo(play, atMs + 22 * secondMs);
  const state = failing === 'degraded' || check.kind === 'tls' ? 'degraded' : 'down';
  await settle(play, check, { state, because: null, failing, firstMs: atMs });
  play.outages.push({ check, fromMs: atMs, untilMs: null, failing });
  if (state === 'degraded') return;
  const because = thingNamed(play.company.things, check.on.name);
  for (const other of behind(check)) {
    await settle(play, other, { state: 'unreachable', because, failing: 'gone', firstMs: atMs + 5 * secondMs });
    play.outages.push({ check: other, fromMs: atMs, untilMs: null, failing: 'gone' });
  }
}

/** All that failed with a check is well again. */
export async function recover(play: Play, check: InventedCheck): Promise<void> {
  const untilMs = play.stage.now().getTime();
  pass(play, 11);
  for (const each of [check, ...behind(check)]) {
    const open = play.outages.findIndex((outage) => outage.check === each && outage.untilMs === null);
    const outage = play.outages[open];
    if (outage === undefined) continue;
    play.outages[open] = { ...outage, untilMs };
    await settle(play, each, { state: 'up', because: null, failing: null, firstMs: untilMs });
  }
}

/** The incident that was opened last. */
export function newestIncident({ stage }: Play): string {
  return stage.asked('desk.incidentOpened').at(-1)?.ticketId ?? '';
}

export function acknowledge({ stage }: Play, id: string, who: Actor): Promise<unknown> {
  return stage.act(who, 'desk.tickets.acknowledge', { id }, stage.modules.desk.handlers.tickets.acknowledge);
}

export function comment({ stage }: Play, id: string, who: Actor, text: string): Promise<unknown> {
  return stage.act(who, 'desk.tickets.comment', { id, text }, stage.modules.desk.handlers.tickets.comment);
}

export function assign({ stage }: Play, id: string, who: Actor, to: Actor): Promise<unknown> {
  return stage.act(who, 'desk.tickets.assign', { id, personId: to.id }, stage.modules.desk.handlers.tickets.assign);
}

export function resolve(
  { stage }: Play,
  id: string,
  who: Actor,
  said: { causeText: string; remedyText: string; solutionId: string | null },
): Promise<unknown> {
  return stage.act(who, 'desk.tickets.resolve', { id, ...said }, stage.modules.desk.handlers.tickets.resolve);
}

/** Somebody proposes a run on the host on which a check looks; returns its id. */
export async function propose(
  { stage, company }: Play,
  who: Actor,
  what: { runbook: RunbookKey; check: InventedCheck; incidentId: string | null },
): Promise<string> {
  const { name, unit } = what.check.host;
  const inputs: Record<string, string> =
    runbooks[what.runbook].parameters.length === 0 ? {} : { unit: unit ?? 'ssh.service' };
  const asked = {
    runbookId: company.runbooks.get(what.runbook) ?? '',
    hostId: thingNamed(company.things, name).id,
    incidentId: what.incidentId,
    inputs,
  };
  return (await stage.act(who, 'upkeep.runs.propose', asked, stage.modules.upkeep.handlers.runs.propose)).id;
}

export async function approve({ stage }: Play, id: string, who: Actor): Promise<void> {
  const { runs } = stage.modules.upkeep.handlers;
  const { planHash } = await runs.get({ id }, callerLike(who), new AbortController().signal);
  await stage.act(who, 'upkeep.runs.approve', { id, planHash }, runs.approve);
}

function callerLike({ id, name, role, language }: Actor) {
  return { actor: { id, name, role, language, sessionId: id }, language, address: '', keepSession: () => undefined };
}

export function declareEmergency({ stage }: Play, id: string, who: Actor, reason: string): Promise<unknown> {
  return stage.act(
    who,
    'upkeep.runs.declareEmergency',
    { id, reason },
    stage.modules.upkeep.handlers.runs.declareEmergency,
  );
}

export function review({ stage }: Play, id: string, who: Actor, note: string): Promise<unknown> {
  return stage.act(who, 'upkeep.runs.review', { id, note }, stage.modules.upkeep.handlers.runs.review);
}

/** Answers what was asked of checks last, as watch would. */
async function answerChecks(
  { stage, company }: Play,
  requestId: string,
  check: InventedCheck,
  good: boolean,
): Promise<void> {
  const outcome = inventResult(lookedOf(check), good ? null : 'down', stage.now().getTime());
  const { verdict } = outcome;
  const checkId = company.checkIds.get(check) ?? '';
  await stage.tell('watch.checksRan', {
    requestId,
    outcomes: [{ checkId, checkName: check.name, verdict, summary: { en: '', fr: '' } }],
  });
}

const mostMoves = 40;

/** Plays a run to its end: what its commands say, the sign-off of manual steps, and whether it brought the remedy. */
export async function carry(
  play: Play,
  runId: string,
  how: { who: Actor; runbook: RunbookKey; check: InventedCheck; helps: boolean },
): Promise<void> {
  const { stage } = play;
  const { history, handlers } = stage.modules.upkeep;
  const { check, helps } = how;
  let mended = false;
  for (let moves = 0; moves < mostMoves; moves += 1) {
    const move = await stage.happen(() => history.advance(runId));
    if (move.next === 'end') break;
    pass(play, 7);
    if (move.next === 'command') {
      const step = runbooks[how.runbook].steps.find(({ title }) => title === move.title);
      const text = step?.kind === 'command' ? step.command : '';
      const output = shellOutput(check.host.name, text, { unit: check.host.unit ?? '' }, stage.now().getTime());
      await stage.happen(() => history.endCommand(runId, move.stepId, { output, exitCode: 0 }));
      continue;
    }
    const { steps } = await handlers.runs.get({ id: runId }, callerLike(how.who), new AbortController().signal);
    const waiting = steps.find(({ state }) => state === 'waiting');
    if (waiting?.definition.kind === 'manual') {
      const signed = { id: runId, stepId: waiting.id, done: true, note: '' };
      await stage.act(how.who, 'upkeep.runs.signOff', signed, handlers.runs.signOff);
    } else if (waiting?.definition.kind === 'check') {
      if (helps && !mended) await recover(play, check);
      mended = true;
      const request = stage.asked('upkeep.checkRequested').at(-1);
      if (request !== undefined) await answerChecks(play, request.requestId, check, helps);
      if (!helps) pass(play, 20);
    } else pass(play, 10);
  }
  const proof = stage.asked('desk.proofWanted').at(-1);
  if (proof !== undefined) await answerChecks(play, proof.requestId, check, helps);
}

/** The words for a reader of that language. */
export function inWordsOf(
  { language }: { readonly language: Language },
  both: { readonly en: string; readonly fr: string },
): string {
  return both[language];
}
