import { execFile } from 'node:child_process';
import { chown, readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ConfigFault } from './config.ts';

const run = promisify(execFile);
const systemUser = 'vigie';
/** The capability to enter folders and read files of others; it gives no writing. Its bit, from linux/capability.h. */
const readSearch = { name: 'dac_read_search', bit: 2n };

/** As whom PostgreSQL runs, and the words that start a program so. */
export interface PostgresOwner {
  readonly uid: number;
  readonly gid: number;
  /** The command line of `setpriv` that a program's own is put behind. */
  readonly prefix: readonly string[];
}

/** When Vigie's process dies, the kernel asks PostgreSQL to stop (fast): it never stays behind alone. */
const followsParent = ['setpriv', '--pdeathsig', 'INT'];

async function findUser(name: string): Promise<{ uid: number; gid: number } | undefined> {
  const fields = await run('getent', ['passwd', name]).then(
    ({ stdout }) => stdout.split(':'),
    () => [],
  );
  return fields.length > 3 ? { uid: Number(fields[2]), gid: Number(fields[3]) } : undefined;
}

/** PostgreSQL refuses to run as root. */
async function systemAccount(): Promise<{ uid: number; gid: number }> {
  const found = await findUser(systemUser);
  if (found) return found;
  const words = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent'];
  await run('useradd', [...words, '--shell', '/usr/sbin/nologin', systemUser]).catch(() => undefined);
  return (await findUser(systemUser)) ?? (await findUser('nobody')) ?? { uid: 65_534, gid: 65_534 };
}

/** Whether this account may enter every folder on the way to the path; lists of access (ACL) are not asked. */
async function canReach(account: { uid: number; gid: number }, target: string): Promise<boolean> {
  for (let folder = target; ; folder = path.dirname(folder)) {
    const { uid, gid, mode } = await stat(folder);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

async function mayGiveReadSearch(): Promise<boolean> {
  const status = await readFile('/proc/self/status', 'utf8');
  const bounding = BigInt(`0x${/^CapBnd:\s*([0-9a-f]+)$/mu.exec(status)?.[1] ?? '0'}`);
  return ((bounding >> readSearch.bit) & 1n) === 1n;
}

function unreachable(folder: string): ConfigFault {
  return new ConfigFault({
    en: `PostgreSQL does not run as root, and its own user cannot enter ${folder}. Put Vigie and its data (VIGIE_DATA) in a folder that others may enter, such as /opt or /srv, or start Vigie as an ordinary user.`,
    fr: `PostgreSQL ne fonctionne pas sous le compte root, et son propre utilisateur ne peut pas entrer dans ${folder}. Placez Vigie et ses données (VIGIE_DATA) dans un dossier où d’autres peuvent entrer, comme /opt ou /srv, ou lancez Vigie comme utilisateur ordinaire.`,
  });
}

/** The account that owns the cluster, so that a data folder keeps its owner whoever starts it. */
async function ownerOf(cluster: string): Promise<{ uid: number; gid: number } | undefined> {
  return stat(cluster).then(
    ({ uid, gid }) => ({ uid, gid }),
    () => undefined,
  );
}

async function asOrdinaryUser(cluster: string): Promise<PostgresOwner> {
  // Not userInfo(): it fails for a number without an account, such as a container may be given.
  const me = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const owner = await ownerOf(cluster);
  if (owner !== undefined && owner.uid !== me.uid) {
    const { stdout } = await run('id', ['-nu', String(owner.uid)]).catch(() => ({ stdout: String(owner.uid) }));
    const name = stdout.trim();
    throw new ConfigFault({
      en: `The database in ${cluster} belongs to the user ${name}. Start Vigie as ${name} or as root, or choose another folder with VIGIE_DATA.`,
      fr: `La base dans ${cluster} appartient à l’utilisateur ${name}. Lancez Vigie comme ${name} ou comme root, ou choisissez un autre dossier avec VIGIE_DATA.`,
    });
  }
  return { uid: me.uid, gid: me.gid, prefix: [...followsParent, '--'] };
}

async function asRoot(cluster: string, folders: readonly string[]): Promise<PostgresOwner> {
  const owner = await ownerOf(cluster);
  const account = owner !== undefined && owner.uid !== 0 ? owner : await systemAccount();
  const reached = await Promise.all(folders.map((folder) => canReach(account, folder)));
  const firstClosed = folders[reached.indexOf(false)];
  if (firstClosed !== undefined && !(await mayGiveReadSearch())) throw unreachable(firstClosed);
  const capabilities = firstClosed === undefined ? '-all' : `-all,+${readSearch.name}`;
  // access(2) forgets capabilities of ordinary users unless no_setuid_fixup is set, and PostgreSQL looks for itself with it.
  const bits = firstClosed === undefined ? [] : ['--securebits', '+no_setuid_fixup'];
  const identity = ['--reuid', String(account.uid), '--regid', String(account.gid), '--clear-groups'];
  const powers = ['--inh-caps', capabilities, '--ambient-caps', capabilities, '--bounding-set', capabilities];
  return { ...account, prefix: [...followsParent, ...identity, ...powers, ...bits, '--no-new-privs', '--'] };
}

/**
 * Chooses as whom PostgreSQL runs: the ordinary user who starts Vigie; under root the owner of the cluster, else the
 * system user `vigie`, made when missing. Where that user cannot enter a folder (such as /root), the one capability
 * to enter and read is given, and nothing else.
 * @param cluster PostgreSQL's own folder; need not exist yet.
 * @param folders which must exist and be entered: the data's and the programs'.
 * @throws ConfigFault when the cluster is another's, or a folder cannot be entered.
 */
export async function choosePostgresOwner(cluster: string, folders: readonly string[]): Promise<PostgresOwner> {
  return process.getuid?.() === 0 ? asRoot(cluster, folders) : asOrdinaryUser(cluster);
}

/** Gives a folder and all in it to the account; only root is asked to. */
export async function giveFolder(folder: string, { uid, gid }: PostgresOwner): Promise<void> {
  if (process.getuid?.() !== 0 || (await stat(folder)).uid === uid) return;
  for (const entry of await readdir(folder, { recursive: true })) await chown(path.join(folder, entry), uid, gid);
  await chown(folder, uid, gid);
}
