// `npm start`: makes the checkout ready, then goes on as the server. With --only-prepare it prints the Node to go on with,
// so that a shell can do so in its own place.
// @ts-check
import path from 'node:path';

import { handOver, serverFlags } from './prepare/hand-over.mjs';
import { prepare, root, runTool } from './prepare/prepare.mjs';

await runTool(async () => {
  const words = process.argv.slice(2);
  const { node } = await prepare();
  if (words[0] === '--only-prepare') process.stdout.write(`${node}\n`);
  else handOver(node, root, [...serverFlags, path.join(root, 'server/main.ts'), 'start', ...words]);
});
