import type { Database } from '#platform/database.ts';

/** What upkeep shows of its runs. */
export function runReader(db: Database<'notify'>) {
  return {
    /** Whether a run that was proposed has been approved, refused or declared an emergency. */
    async isDecided(id: string): Promise<boolean> {
      const row = await db.selectFrom('upkeep.pub_run').select('state').where('id', '=', id).executeTakeFirst();
      return row !== undefined && row.state !== 'waiting_approval';
    },
  };
}
