import { X509Certificate } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { mostAuthorities, type Authority } from '#contract/authority.ts';
import type { watch } from '#contract/watch.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { watchDuty } from './keep-check.ts';
import { nameOnOneLine, readAuthorities, type AuthorityFault } from './read-authorities.ts';
import { authorityStore, type StoredAuthority } from './store-authority.ts';

interface Parts {
  readonly db: Database<'watch'>;
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
}

function tellAuthority({ id, certificate, fingerprint, addedAt }: StoredAuthority): Authority {
  const read = new X509Certificate(certificate);
  return {
    id,
    subject: nameOnOneLine(read.subject ?? ''),
    issuer: nameOnOneLine(read.issuer ?? ''),
    validFrom: read.validFromDate.toISOString(),
    validUntil: read.validToDate.toISOString(),
    fingerprint,
    addedAt: addedAt.toISOString(),
  };
}

async function tell(db: Database<'watch'>): Promise<{ items: Authority[] }> {
  return { items: (await authorityStore(db).all()).map(tellAuthority) };
}

function refuse(why: AuthorityFault | 'many'): Refusal {
  const reason = why === 'many' ? 'many_authorities' : (`authority_${why}` as const);
  return new Refusal('bad_input', {}, [{ path: 'certificates', reason }]);
}

/** Certificate authorities of the company's own. Whoever watches believes them from its next runs on. */
export function authorityHandlers({ db, transact, clock }: Parts): Handlers<typeof watch>['authorities'] {
  return {
    list: () => tell(db),
    async add({ certificates: pem }) {
      const addedAt = clock.now();
      const read = readAuthorities(pem, addedAt);
      if ('fault' in read) throw refuse(read.fault);
      if (read.certificates.length > mostAuthorities) throw refuse('many');
      await transact(async (unit) => {
        const rows = read.certificates.map((each) => ({
          id: uuid(),
          fingerprint: each.fingerprint256,
          certificate: each.toString(),
          addedAt,
        }));
        if ((await authorityStore(unit.db).add(rows)) > mostAuthorities) throw refuse('many');
        await unit.live('watch.authority', null);
        await unit.wake(watchDuty);
      });
      return tell(db);
    },
    async remove({ id }) {
      await transact(async (unit) => {
        if (!(await authorityStore(unit.db).remove(id))) throw new Refusal('not_found');
        await unit.live('watch.authority', id);
        await unit.wake(watchDuty);
      });
      return {};
    },
  };
}
