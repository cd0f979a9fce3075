import { readFile, readdir, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { ConfigFault } from './config.ts';

/** Sentences about the embedded PostgreSQL, for the person at the terminal. */
export function secondVigie(dataFolder: string, pid: number | undefined): ConfigFault {
  const process = pid === undefined ? { en: '', fr: '' } : { en: ` (process ${pid})`, fr: ` (processus ${pid})` };
  return new ConfigFault({
    en: `Another Vigie${process.en} is already working on the data in ${dataFolder}. Stop it first, or give this one another folder with VIGIE_DATA.`,
    fr: `Une autre Vigie${process.fr} travaille déjà sur les données de ${dataFolder}. Arrêtez-la d’abord, ou donnez un autre dossier à celle-ci avec VIGIE_DATA.`,
  });
}

export function otherMajor(cluster: string, found: string, brought: string): ConfigFault {
  return new ConfigFault({
    en: `The database in ${cluster} was made by PostgreSQL ${found}, and this Vigie brings PostgreSQL ${brought}. Start the Vigie that made it, or give this one another folder with VIGIE_DATA.`,
    fr: `La base dans ${cluster} a été faite par PostgreSQL ${found}, et cette Vigie apporte PostgreSQL ${brought}. Lancez la Vigie qui l’a faite, ou donnez un autre dossier à celle-ci avec VIGIE_DATA.`,
  });
}

function diskFull(folder: string): ConfigFault {
  return new ConfigFault({
    en: `There is no room left on the disk that holds ${folder}. Free some space (200 MB at least), then start Vigie again; nothing acknowledged is lost.`,
    fr: `Il n’y a plus de place sur le disque qui contient ${folder}. Libérez de l’espace (200 Mo au moins), puis relancez Vigie ; rien de ce qui a été confirmé n’est perdu.`,
  });
}

export function notWritable(folder: string): ConfigFault {
  return new ConfigFault({
    en: `Vigie cannot write in ${folder}. Give the user who starts Vigie this folder, or choose another with VIGIE_DATA.`,
    fr: `Vigie ne peut pas écrire dans ${folder}. Donnez ce dossier à l’utilisateur qui lance Vigie, ou choisissez-en un autre avec VIGIE_DATA.`,
  });
}

export function missingProgram(program: string): ConfigFault {
  return new ConfigFault({
    en: `The program ${program} is missing, which every Debian has. Install it with: apt-get install util-linux.`,
    fr: `Il manque le programme ${program}, que tout Debian possède. Installez-le avec : apt-get install util-linux.`,
  });
}

/** Refuses to start where the disk has less room than PostgreSQL needs to work at all. */
export async function checkRoom(folder: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < neededBytes) throw diskFull(folder);
}

/** The end of the newest log of PostgreSQL. */
async function lastLog(cluster: string): Promise<string> {
  const folder = path.join(cluster, 'log');
  const names = await readdir(folder).catch(() => []);
  const logs = await Promise.all(
    names.map(async (name) => ({ file: path.join(folder, name), atMs: (await stat(path.join(folder, name))).mtimeMs })),
  );
  const newest = logs.toSorted((a, b) => b.atMs - a.atMs)[0];
  return newest === undefined ? '' : (await readFile(newest.file, 'utf8')).slice(-4000);
}

/** Why PostgreSQL did not start, from what it said; its log is named so that a person can read on. */
export async function explainFailure(cluster: string, said: string): Promise<ConfigFault> {
  const words = said.includes('redirecting log output') || said === '' ? `${said}\n${await lastLog(cluster)}` : said;
  if (words.includes('No space left on device')) return diskFull(cluster);
  const reason = /(?:FATAL|PANIC|error):\s*(.+)/u.exec(words)?.[1] ?? words.trim().split('\n').at(-1) ?? '';
  return new ConfigFault({
    en: `The embedded PostgreSQL did not start: ${reason}. Its log is in ${path.join(cluster, 'log')}.`,
    fr: `Le PostgreSQL intégré n’a pas démarré : ${reason}. Son journal se trouve dans ${path.join(cluster, 'log')}.`,
  });
}
