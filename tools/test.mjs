// `npm test`: makes the checkout and the machine ready, then runs everything; `npm test -- unit e2e` runs those parts only.
// @ts-check
import path from 'node:path';

import { handOver } from './prepare/hand-over.mjs';
import { prepare, root, runTool } from './prepare/prepare.mjs';
import { bringPackages } from './test/debian-packages.mjs';

await runTool(async () => {
  const { node, place } = await prepare({ withTests: true });
  await bringPackages(place);
  handOver(node, root, [path.join(root, 'tools/test/run.mjs'), ...process.argv.slice(2)]);
});
