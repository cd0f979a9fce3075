import { calls, notes } from './company/talk.ts';
import type { Call, Episode, Happening, Note } from './imagine-past.ts';
import {
  acknowledge,
  approve,
  assign,
  carry,
  comment,
  declareEmergency,
  fail,
  inWordsOf,
  newestIncident,
  pass,
  passTo,
  propose,
  recover,
  resolve,
  review,
  type Play,
} from './incident-moves.ts';
import { diceOf } from './noise.ts';
import type { Actor } from './stage.ts';

/** What people learnt: the solution that grew out of each plot. */
export type Known = Map<string, string>;

async function runRemedy(
  play: Play,
  episode: Episode,
  incidentId: string,
  people: { responder: Actor; second: Actor },
): Promise<void> {
  const { plot, check, emergency, stumbles } = episode;
  const { responder, second } = people;
  if (plot.runbook === null) return;
  const what = { runbook: plot.runbook, check, incidentId };
  for (const helps of stumbles ? [false, true] : [true]) {
    const runId = await propose(play, responder, what);
    const waits = play.stage.asked('upkeep.runProposed').at(-1)?.safe !== true;
    if (waits && emergency) {
      pass(play, 20);
      await declareEmergency(
        play,
        runId,
        responder,
        inWordsOf(responder, {
          fr: 'La production est à l’arrêt et personne d’autre ne répond.',
          en: 'Production stands still and nobody else answers.',
        }),
      );
    } else if (waits) {
      pass(play, 170);
      await approve(play, runId, second);
    }
    await carry(play, runId, { who: responder, runbook: plot.runbook, check, helps });
    if (waits && emergency) {
      pass(play, 3_600);
      await review(
        play,
        runId,
        second,
        inWordsOf(second, {
          fr: 'Justifié. J’étais en réunion, l’astreinte aurait dû être prévenue.',
          en: 'Justified. I was in a meeting; the on-call should have been told.',
        }),
      );
    }
  }
}

async function playEpisode(play: Play, episode: Episode, known: Known): Promise<void> {
  const { plot, check, at, lastsMs } = episode;
  const { stage, company } = play;
  const dice = diceOf(`${plot.key} ${at}`);
  const responder = company.crew[episode.responder];
  const second = company.crew[episode.second];
  const before = stage.asked('desk.incidentOpened').length;
  passTo(play, at);
  await fail(play, check, plot.failing, at);
  const id = newestIncident(play);
  if (stage.asked('desk.incidentOpened').length === before) return;
  pass(play, dice.between(40, 400));
  await acknowledge(play, id, responder);
  if (dice.chance(0.4)) await assign(play, id, responder, dice.chance(0.5) ? responder : second);
  for (const said of plot.comments) {
    pass(play, dice.between(60, 300));
    if (dice.chance(0.75)) await comment(play, id, dice.chance(0.7) ? responder : second, inWordsOf(responder, said));
  }
  passTo(play, at + lastsMs * 0.8);
  await runRemedy(play, episode, id, { responder, second });
  if (plot.runbook === null) {
    passTo(play, at + lastsMs);
    await recover(play, check);
  }
  pass(play, dice.between(240, 2_400));
  const solutionId = known.get(plot.key) ?? null;
  const said = {
    causeText: inWordsOf(responder, plot.cause),
    remedyText: inWordsOf(responder, plot.remedy),
    solutionId,
  };
  await resolve(play, id, responder, said);
  if (solutionId === null)
    await keepSolution(play, { key: plot.key, title: inWordsOf(second, plot.title) }, second, known);
}

/** What was drafted from the first of its kind is made a solution by somebody; from then on it is named and counted. */
async function keepSolution(
  play: Play,
  { key, title }: { key: string; title: string },
  who: Actor,
  known: Known,
): Promise<void> {
  const { stage } = play;
  const drafted = stage.asked('logbook.solutionDrafted').at(-1);
  if (drafted === undefined || [...known.values()].includes(drafted.solutionId)) return;
  pass(play, 3_000);
  const asked = { id: drafted.solutionId, state: 'kept', title } as const;
  await stage.act(who, 'logbook.solutions.change', asked, stage.modules.logbook.handlers.solutions.change);
  known.set(key, drafted.solutionId);
}

async function playCall(play: Play, { which, responder, at, lastsMs }: Call, known: Known): Promise<void> {
  const call = calls[which];
  const { stage, company } = play;
  if (call === undefined) return;
  const who = company.crew[responder];
  passTo(play, at);
  const { tickets } = stage.modules.desk.handlers;
  const tags: string[] = [];
  const asked = {
    title: inWordsOf(who, call.title),
    description: inWordsOf(who, call.description),
    priority: 'normal',
    cause: null,
    kind: 'incident',
    requesterId: null,
    categoryId: null,
    teamId: null,
    assigneeId: null,
    tags,
    dueAt: null,
    source: 'hand',
  } as const;
  const { id } = await stage.act(who, 'desk.tickets.create', asked, tickets.create);
  pass(play, 90);
  await acknowledge(play, id, who);
  pass(play, lastsMs / 20_000);
  const solutionId = known.get(`call ${which}`) ?? null;
  const said = { causeText: inWordsOf(who, call.cause), remedyText: inWordsOf(who, call.remedy), solutionId };
  await resolve(play, id, who, said);
  if (solutionId === null) await keepSolution(play, { key: `call ${which}`, title: asked.title }, who, known);
}

async function playNote(play: Play, { which, by, at }: Note): Promise<void> {
  const note = notes[which];
  const { stage, company } = play;
  if (note === undefined) return;
  const who = company.crew[by];
  const thing = note.about === null ? undefined : company.things.get(note.about);
  passTo(play, at);
  const asked = {
    text: inWordsOf(who, note),
    thing: thing === undefined ? null : { kind: thing.kind, id: thing.id },
    ticketId: null,
  };
  await stage.act(who, 'logbook.entries.add', asked, stage.modules.logbook.handlers.entries.add);
}

/** Plays what happened, one after the other; what people learn on the way is added to what is known. */
export async function playPast(play: Play, happenings: readonly Happening[], known: Known): Promise<void> {
  for (const each of happenings) {
    if (each.kind === 'episode') await playEpisode(play, each, known);
    else if (each.kind === 'call') await playCall(play, each, known);
    else await playNote(play, each);
  }
}
