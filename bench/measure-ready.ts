import type { Lab } from '../lab/start-lab.ts';
import { serveVigie } from '../test/served-vigie.ts';
import { seconds, table } from './table.ts';

/** From the start of the process to the line that says it is ready; npm's installation and the web's build are not in it. */
export async function measureReady(lab: Lab): Promise<string> {
  await using vigie = await serveVigie(lab);
  const rows: string[][] = [];
  const start = async (what: string): Promise<void> => {
    const { readyMs } = await vigie.start();
    rows.push([what, seconds(readyMs)]);
  };
  const stop = async (what: string): Promise<void> => {
    const { stoppedMs } = await vigie.stop();
    rows.push([what, seconds(stoppedMs)]);
  };
  await start('first start, on an empty data folder');
  await stop('stop (SIGTERM)');
  await start('second start');
  await vigie.kill('server');
  await start('start after kill -9 of the server');
  await vigie.kill('all');
  await start('start after kill -9 of server and database');
  await stop('stop (SIGTERM)');
  return table('Ready', ['what', 'time'], rows);
}
