import type { watch } from '#contract/watch.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Transact } from '#platform/outbox.ts';
import type { Vault } from '#platform/vault.ts';
import type { Needs } from '../needs.ts';
import { readAvailability } from './read-availability.ts';
import { rehearseDependency } from './rehearse-dependency.ts';
import { rehearseRules } from './rehearse-rules.ts';
import { setRules, tellRules } from '../checks/set-rules.ts';
import { noiseHandlers } from './weigh-noise.ts';
import { tellTurns } from './tell-turns.ts';
import { tellHeartbeat } from '../checks/take-beat.ts';

interface Parts {
  readonly db: Database<'watch'>;
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly needs: Pick<Needs, 'ancestorsOf' | 'namedThings'>;
}

type Calm = Pick<Handlers<typeof watch>, 'availability' | 'dependencies' | 'heartbeat' | 'noise' | 'rules' | 'windows'>;

/** Requests about how results are judged, and what a period comes to. */
export function calmHandlers(parts: Parts): Calm {
  return {
    availability: (input, { language }) => readAvailability(parts, input, language),
    dependencies: { rehearse: (input, { language }) => rehearseDependency(parts, input, language) },
    heartbeat: {
      get: ({ id }) => tellHeartbeat(parts, id, false),
      renew: ({ id }) => tellHeartbeat(parts, id, true),
    },
    windows: { turns: async ({ id, limit }) => ({ items: await tellTurns(parts.db, id, limit) }) },
    noise: noiseHandlers(parts),
    rules: {
      get: ({ id }, { language }) => tellRules(parts.db, id, language),
      async set(input, { language }) {
        await setRules(parts, input);
        return tellRules(parts.db, input.id, language);
      },
      rehearse: (input, { language }) => rehearseRules(parts, input, language),
    },
  };
}
