import { sql } from 'kysely';
import type { InBoth } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';

/** One alert of an incident. */
export interface Symptom {
  readonly alertId: string;
  readonly causeKey: string;
  readonly checkId: string;
  readonly checkName: string;
  readonly checkKind: string;
  readonly targetId: string;
  readonly failingSince: Date;
  readonly summary: InBoth;
}

/** A run that ended on an incident. */
export interface RemedyRun {
  readonly runId: string;
  readonly ticketId: string;
  readonly runbookId: string;
  readonly state: string;
  readonly endedAt: Date;
}

// Alerts of a cause come shortly before the incident that they open, or while it lasts.
const earliestBefore = sql`interval '1 hour'`;
const mostSymptoms = 200;

/** All SQL about the alerts of incidents and the runs against them. */
export function symptomStore(db: Database<'logbook'>) {
  return {
    async add(symptom: Symptom): Promise<void> {
      await db
        .insertInto('logbook.symptom')
        .values({
          alert_id: symptom.alertId,
          cause_key: symptom.causeKey,
          check_id: symptom.checkId,
          check_name: symptom.checkName,
          check_kind: symptom.checkKind,
          target_id: symptom.targetId,
          failing_since: symptom.failingSince,
          summary_en: symptom.summary.en,
          summary_fr: symptom.summary.fr,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    /** The alerts of an incident: those of its cause from shortly before it began until it was resolved. */
    async ofTicket(ticketId: string): Promise<Symptom[]> {
      const rows = await db
        .selectFrom('logbook.symptom as symptom')
        .innerJoin('logbook.incident as incident', 'incident.cause_key', 'symptom.cause_key')
        .select([
          'symptom.alert_id',
          'symptom.cause_key',
          'symptom.check_id',
          'symptom.check_name',
          'symptom.check_kind',
          'symptom.target_id',
          'symptom.failing_since',
          'symptom.summary_en',
          'symptom.summary_fr',
        ])
        .where('incident.ticket_id', '=', ticketId)
        .where(sql<boolean>`symptom.failing_since >= incident.failing_since - ${earliestBefore}`)
        .where(sql<boolean>`symptom.failing_since <= coalesce(incident.resolved_at, 'infinity')`)
        .orderBy('symptom.failing_since')
        .limit(mostSymptoms)
        .execute();
      return rows.map((row) => ({
        alertId: row.alert_id,
        causeKey: row.cause_key,
        checkId: row.check_id,
        checkName: row.check_name,
        checkKind: row.check_kind,
        targetId: row.target_id,
        failingSince: row.failing_since,
        summary: { en: row.summary_en, fr: row.summary_fr },
      }));
    },
  };
}

/** All SQL about the runs against incidents. */
export function remedyRunStore(db: Database<'logbook'>) {
  return {
    async add(run: RemedyRun): Promise<void> {
      await db
        .insertInto('logbook.remedy_run')
        .values({
          run_id: run.runId,
          ticket_id: run.ticketId,
          runbook_id: run.runbookId,
          state: run.state,
          ended_at: run.endedAt,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    /** The runs that ended on an incident, oldest first. */
    async ofTicket(ticketId: string): Promise<Pick<RemedyRun, 'runbookId' | 'state'>[]> {
      const rows = await db
        .selectFrom('logbook.remedy_run')
        .select(['runbook_id', 'state'])
        .where('ticket_id', '=', ticketId)
        .orderBy('ended_at')
        .limit(500)
        .execute();
      return rows.map((row) => ({ runbookId: row.runbook_id, state: row.state }));
    },
  };
}
