import { createHmac } from 'node:crypto';
import type { Role } from '#contract/permission.ts';
import { ConfigFault } from '#platform/config.ts';
import type { Clock } from '#platform/clock.ts';
import { loadVaultKey } from '#platform/vault.ts';
import type { Demonstration } from '../app/lifecycle.ts';
import { crew, demonstrator } from './company/people.ts';
import { scanInventedKeys } from './invent-host-key.ts';
import { InventedSsh } from './invented-ssh.ts';
import { InventedWorld } from './invented-world.ts';
import { foundedAt, occupantOf, seedCompany, type SeedStage } from './seed.ts';

/** The accounts with which the demonstration can be tried, one of each role, and the password of all of them. */
export interface DemonstrationAccounts {
  readonly password: string;
  readonly accounts: readonly { readonly mail: string; readonly role: Role }[];
}

/** The demonstration with the way in. */
export interface DemonstrationWithAccounts extends Demonstration, DemonstrationAccounts {}

// Letters and digits that are not mistaken for each other when they are typed off a screen.
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** The same for as long as the data folder is the same, and known to nobody who cannot read it. */
function passwordFrom(key: Buffer): string {
  const bytes = [...createHmac('sha256', key).update('vigie demonstration password').digest().subarray(0, 12)];
  const word = bytes.map((byte) => letters[byte % letters.length]).join('');
  return `${word.slice(0, 4)}-${word.slice(4, 8)}-${word.slice(8)}`;
}

function othersLiveHere(): ConfigFault {
  return new ConfigFault({
    en: 'This database holds a real company: the demonstration would mix with it. Start without --demo, or give the demonstration a database of its own (leave VIGIE_DATABASE_URL and VIGIE_DATA away).',
    fr: 'Cette base contient une vraie entreprise : la démonstration s’y mêlerait. Lancez sans --demo, ou donnez à la démonstration sa propre base (sans VIGIE_DATABASE_URL ni VIGIE_DATA).',
  });
}

/** Makes the demonstration that belongs to a data folder. */
export async function createDemonstration(parts: {
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly onStage?: (stage: SeedStage) => void;
}): Promise<DemonstrationWithAccounts> {
  const password = passwordFrom(await loadVaultKey(parts.dataFolder));
  const world = new InventedWorld(parts.clock);
  const shown = [demonstrator, crew.amelie, crew.jessica, crew.helene];
  return {
    inventedRun: world.run,
    scanHostKeys: scanInventedKeys,
    ssh: (real) => new InventedSsh({ clock: parts.clock, real, onWork: (address) => world.mend(address) }),
    async prepare(house) {
      // Two companies in one database would be told apart by nobody.
      const occupant = await occupantOf(house);
      if (occupant === 'others') throw othersLiveHere();
      const began = occupant === 'nobody' ? house.clock.now() : await foundedAt(house);
      world.beganAt(began);
      if (occupant === 'nobody') await seedCompany(house, password, parts.onStage ?? (() => undefined));
    },
    password,
    accounts: shown.map(({ mail, role }) => ({ mail, role })),
  };
}
