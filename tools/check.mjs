// `npm run check`: everything that can be known without running the product. `npm run check -- lint walls` runs those steps only.
// @ts-check
import path from 'node:path';

import { handOver } from './prepare/hand-over.mjs';
import { prepare, root, runTool } from './prepare/prepare.mjs';

await runTool(async () => {
  const { node } = await prepare({ withTests: true, withWeb: false });
  handOver(node, root, [path.join(root, 'tools/check/run.mjs'), ...process.argv.slice(2)]);
});
