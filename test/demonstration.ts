import path from 'node:path';
import { systemClock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import { createLog } from '#platform/log.ts';
import { startVigie, type Vigie } from '../server/app/lifecycle.ts';
import { createDemonstration } from '../server/demo/demonstration.ts';

/** A running demonstration, and how its administrator signs in. */
export interface RunningDemonstration {
  readonly vigie: Vigie;
  readonly mail: string;
  readonly password: string;
}

function configOf(databaseUrl: string, dataFolder: string, demonstration: boolean): Config {
  return {
    listen: { host: '127.0.0.1', port: 0 },
    dataFolder,
    databaseUrl,
    publicUrl: 'http://vigie.test',
    demonstration,
    logLevel: 'error',
    webFolder: path.join(dataFolder, 'no-web'),
  };
}

/** Starts the demonstration on a database; the company is invented in an empty one. */
export async function startDemonstration(databaseUrl: string, dataFolder: string): Promise<RunningDemonstration> {
  const demonstration = await createDemonstration({ dataFolder, clock: systemClock });
  const config = configOf(databaseUrl, dataFolder, true);
  const vigie = await startVigie({ config, databaseUrl, log: createLog('error'), demonstration });
  return { vigie, mail: demonstration.accounts[0]?.mail ?? '', password: demonstration.password };
}

/** An ordinary Vigie on the same footing. */
export function startEmpty(databaseUrl: string, dataFolder: string): Promise<Vigie> {
  return startVigie({ config: configOf(databaseUrl, dataFolder, false), databaseUrl, log: createLog('error') });
}
