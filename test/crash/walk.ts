import { setTimeout as sleep } from 'node:timers/promises';
import type { Ticket, TicketWhole } from '#contract/desk.ts';
import type { Company, LabVigie } from '../company.ts';
import { newMark, type Ledger } from './ledger.ts';

/** What a walk needs to know of the company it walks in. */
export interface WalkGround {
  readonly place: LabVigie;
  readonly company: Company;
  readonly hostId: string;
  readonly runbookId: string;
  readonly ledger: Ledger;
}

/** Where each run of the runbook leaves its mark, once, on the host it runs on. */
export const markFile = '/var/tmp/vigie-marks';

/** The runbook's command: slow enough to be cut in the middle, and it tells on itself if it runs twice. */
export const markedRestart = [
  `echo "$mark" >> ${markFile}`,
  'for second in 1 2 3; do echo "step $second"; sleep 0.5; done',
  'systemctl restart nginx',
].join('\n');

/**
 * Takes the next step of the loop by looking at where things are, so that it goes on in the same place after a crash.
 *
 * @returns the number of an incident that was resolved by this step.
 * @throws when the line is cut in the middle.
 */
export async function takeStep(ground: WalkGround): Promise<number | null> {
  const { company, place } = ground;
  const { items } = await company.bob.desk.tickets.list({ open: 'true' });
  const ticket = items[0];
  if (ticket === undefined) {
    await place.lab.breakThing('nginx-stopped');
    await sleep(100);
    return null;
  }
  if (ticket.state === 'solved') return resolve(ground, ticket);
  const whole = await company.bob.desk.tickets.get({ id: ticket.id });
  if (whole.acknowledgedAt === null) await acknowledge(ground, whole);
  else if (!whole.events.some(({ kind }) => kind === 'comment')) await comment(ground, whole);
  else await remedy(ground, whole);
  return null;
}

async function acknowledge({ company, ledger }: WalkGround, { id }: TicketWhole): Promise<void> {
  await ledger.record('acknowledge', id, () => company.bob.desk.tickets.acknowledge({ id }));
}

async function comment({ company, ledger }: WalkGround, { id }: TicketWhole): Promise<void> {
  const mark = newMark();
  await ledger.record('comment', mark, () => company.bob.desk.tickets.comment({ id, text: mark }));
}

/** Proposes a run, has it approved, and waits for it; another one when the last did not help. */
async function remedy({ company, hostId, runbookId, ledger }: WalkGround, { id }: TicketWhole): Promise<void> {
  const { items } = await company.bob.upkeep.runs.list({ incidentId: id });
  const run = items.find(({ state }) => !['failed', 'stopped', 'lost', 'refused', 'succeeded'].includes(state));
  if (run === undefined) {
    const mark = newMark();
    await ledger.record('propose', mark, () =>
      company.bob.upkeep.runs.propose({ runbookId, hostId, incidentId: id, inputs: { mark } }),
    );
  } else if (run.state === 'waiting_approval') {
    await ledger.record('approve', run.id, () =>
      company.olga.upkeep.runs.approve({ id: run.id, planHash: run.planHash }),
    );
  } else {
    await sleep(100);
  }
}

async function resolve({ company, ledger }: WalkGround, { id, number }: Ticket): Promise<number> {
  const note = newMark();
  await ledger.record('note', note, () => company.bob.logbook.entries.add({ text: note, ticketId: id }));
  await ledger.record('resolve', id, () =>
    company.bob.desk.tickets.resolve({ id, causeText: 'nginx was stopped', remedyText: 'nginx was restarted' }),
  );
  return number;
}
