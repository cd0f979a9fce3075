import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress);
const worthwhileBytes = 1024;
const compressible = /\.(?:css|html|js|json|svg)$/u;

async function compressFile(file: string): Promise<void> {
  const plain = await readFile(file);
  if (plain.length < worthwhileBytes) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
  await Promise.all([
    toBrotli(plain, { params }).then((packed) => writeFile(`${file}.br`, packed)),
    toGzip(plain, { level: 9 }).then((packed) => writeFile(`${file}.gz`, packed)),
  ]);
}

/** Leaves beside each file of the build what it is as brotli and gzip, which the server sends as it stands. */
export function compressBuild(): Plugin {
  let folder = '';
  return {
    name: 'vigie-compress-build',
    apply: 'build',
    configResolved(config) {
      folder = path.resolve(config.root, config.build.outDir);
    },
    // Not before: what lies in public/ is no part of the bundle.
    async closeBundle(fault?: Error) {
      if (fault !== undefined) return;
      const names = await readdir(folder, { recursive: true });
      await Promise.all(
        names.filter((name) => compressible.test(name)).map((name) => compressFile(path.join(folder, name))),
      );
    },
  };
}
