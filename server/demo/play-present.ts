import { checkOn } from './company/checks.ts';
import { linkToQuebec } from './company/hosts.ts';
import {
  acknowledge,
  approve,
  assign,
  carry,
  comment,
  declareEmergency,
  fail,
  newestIncident,
  pass,
  passTo,
  propose,
  resolve,
  type Play,
} from './incident-moves.ts';
import { thingNamed } from './settle-company.ts';

const minuteMs = 60_000;

/** This morning's emergency: over and resolved, but nobody has reviewed the run yet. */
async function reviewIsOpen(play: Play, nowMs: number): Promise<void> {
  const { karim } = play.company.crew;
  const check = checkOn('Base de l’ERP', 'tcp');
  await fail(play, check, 'down', nowMs - 480 * minuteMs);
  const id = newestIncident(play);
  pass(play, 50);
  await acknowledge(play, id, karim);
  const runId = await propose(play, karim, { runbook: 'restartDatabase', check, incidentId: id });
  await declareEmergency(play, runId, karim, 'Comptabilité à l’arrêt avant l’ouverture, aucun collègue joignable.');
  await carry(play, runId, { who: karim, runbook: 'restartDatabase', check, helps: true });
  pass(play, 900);
  const causeText = 'PostgreSQL tué par le noyau : mémoire épuisée par l’import de nuit.';
  const remedyText = 'PostgreSQL redémarré, import de nuit découpé en lots.';
  await resolve(play, id, karim, { causeText, remedyText, solutionId: null });
}

async function certificateEnds(play: Play, nowMs: number): Promise<void> {
  const { sophie } = play.company.crew;
  await fail(play, checkOn('Messagerie', 'tls'), 'degraded', nowMs - 300 * minuteMs);
  const id = newestIncident(play);
  passTo(play, nowMs - 270 * minuteMs);
  await acknowledge(play, id, sophie);
  pass(play, 600);
  await comment(play, id, sophie, 'Renouvellement demandé à Certia, réponse attendue demain matin.');
}

async function agreementIsDue(play: Play, nowMs: number): Promise<void> {
  const { jessica, david } = play.company.crew;
  const check = checkOn('mx-02', 'systemd-unit');
  await fail(play, check, 'down', nowMs - 76 * minuteMs);
  const id = newestIncident(play);
  pass(play, 90);
  await acknowledge(play, id, jessica);
  pass(play, 45);
  await comment(play, id, jessica, 'Outgoing mail from the workshops waits in the queue; nothing is lost.');
  passTo(play, nowMs - 66 * minuteMs);
  const runId = await propose(play, jessica, { runbook: 'restartUnit', check, incidentId: id });
  pass(play, 140);
  await approve(play, runId, david);
  await carry(play, runId, { who: jessica, runbook: 'restartUnit', check, helps: true });
}

/** Stands open until somebody else than the proposer agrees: whoever tries the demonstration may. */
async function approvalIsDue(play: Play, nowMs: number): Promise<string> {
  const { amelie } = play.company.crew;
  await fail(play, checkOn('app-02', 'systemd-unit'), 'down', nowMs - 38 * minuteMs);
  const id = newestIncident(play);
  pass(play, 120);
  await acknowledge(play, id, amelie);
  pass(play, 200);
  await comment(play, id, amelie, 'Les bulletins partent demain : à relancer aujourd’hui, avec l’accord de quelqu’un.');
  return id;
}

async function siteIsCutOff(play: Play, nowMs: number): Promise<void> {
  const { jessica, david } = play.company.crew;
  await fail(play, checkOn(linkToQuebec, 'icmp'), 'down', nowMs - 27 * minuteMs);
  const id = newestIncident(play);
  pass(play, 150);
  await acknowledge(play, id, david);
  pass(play, 240);
  await comment(play, id, david, 'Called Laurentides Réseaux: case 88214, a technician is on the way.');
  await assign(play, id, david, jessica);
}

/** Changes of the last days: where something fails they are looked at first. */
async function changeThings(play: Play, nowMs: number): Promise<void> {
  const { stage, company } = play;
  const { change } = stage.modules.estate.handlers.hosts;
  const { karim, jessica } = company.crew;
  const lines = [
    {
      who: karim,
      host: 'web-01',
      minutesAgo: 790,
      system: 'Debian 13',
      note: 'Passé à Debian 13 ; PHP 8.4 au lieu de 8.2.',
    },
    {
      who: jessica,
      host: 'mtl-wan-01',
      minutesAgo: 720,
      note: 'Laurentides announced work on the line this week. +1 514 555-0142, contract LR-2201-Q.',
    },
  ];
  for (const { who, host, minutesAgo, ...fields } of lines) {
    passTo(play, nowMs - minutesAgo * minuteMs);
    await stage.act(who, 'estate.hosts.change', { id: thingNamed(company.things, host).id, ...fields }, change);
  }
}

/** What is wrong right now, so that there is something to do. */
export async function playPresent(play: Play, nowMs: number): Promise<void> {
  await changeThings(play, nowMs);
  await reviewIsOpen(play, nowMs);
  await certificateEnds(play, nowMs);
  await agreementIsDue(play, nowMs);
  const waiting = await approvalIsDue(play, nowMs);
  await siteIsCutOff(play, nowMs);
  passTo(play, nowMs - 19 * minuteMs);
  const { amelie } = play.company.crew;
  await propose(play, amelie, {
    runbook: 'restartUnit',
    check: checkOn('app-02', 'systemd-unit'),
    incidentId: waiting,
  });
  await fail(play, checkOn('Intranet', 'http'), 'down', nowMs - 6 * minuteMs);
  const { silences } = play.stage.modules.watch.handlers;
  const printer = checkOn('lyo-prn-02', 'icmp');
  const until = new Date(nowMs + 3 * 24 * 60 * minuteMs).toISOString();
  const asked = {
    checkId: play.company.checkIds.get(printer) ?? '',
    reason: 'Traceur en révision chez Bellecour jusqu’à vendredi.',
    until,
    below: true,
    ends: 'moment',
    unlessWorse: false,
  } as const;
  await play.stage.act(play.company.crew.marc, 'watch.silences.create', asked, silences.create);
}
