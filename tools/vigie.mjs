#!/usr/bin/env node
// `npx vigie …`: the command line on the right Node. `vigie start` and `vigie probe` are programs of their own.
// @ts-check
import path from 'node:path';

import { handOver, serverFlags } from './prepare/hand-over.mjs';
import { prepare, root, runTool } from './prepare/prepare.mjs';

await runTool(async () => {
  const words = process.argv.slice(2);
  const isServer = words[0] === 'start';
  const { node } = await prepare({ withWeb: isServer });
  const flags = isServer ? serverFlags : [];
  handOver(node, root, [...flags, path.join(root, isServer ? 'server/main.ts' : 'cli/main.ts'), ...words]);
});
