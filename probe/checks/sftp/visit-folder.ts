import { randomBytes } from 'node:crypto';
import type { Client, FileEntryWithStats, SFTPWrapper } from 'ssh2';
import type { CheckContext, ReasonOf } from '#probe/check-kind.ts';
import type { FolderFacts } from '#probe/folder-facts.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import type { SftpSettings } from './settings.ts';
import type { SftpReasons } from './texts.ts';

/** Thrown when the server does not do what it was asked over SFTP. */
export class SftpFailure extends Error {
  readonly reason: ReasonOf<SftpReasons>;
  constructor(reason: ReasonOf<SftpReasons>) {
    super(reason.code);
    this.reason = reason;
  }
}

const mostEntries = 10_000;
const regularFile = 0o100_000;
const typeMask = 0o170_000;

/** Lists the folder, and writes, reads and removes a file of ours when asked. Throws {@link SftpFailure}. */
export async function visitFolder(
  client: Client,
  { folder, roundTrip }: SftpSettings,
  context: CheckContext,
): Promise<FolderFacts & { roundTripMs: number | undefined }> {
  const sftp = await call<SFTPWrapper>('noSubsystem', '', (done) => client.sftp(done));
  const facts = await list(sftp, folder, context);
  if (!roundTrip) return { ...facts, roundTripMs: undefined };
  const startedMs = context.clock.nowMs();
  await writeAndRead(sftp, `${folder === '/' ? '' : folder}/.vigie-${randomBytes(8).toString('hex')}`);
  return { ...facts, roundTripMs: context.clock.nowMs() - startedMs };
}

async function list(sftp: SFTPWrapper, folder: string, context: CheckContext): Promise<FolderFacts> {
  const handle = await call<Buffer>('folderRefused', folder, (done) => sftp.opendir(folder, done));
  let [files, bytes, entries] = [0, 0, 0];
  let newest: { name: string; mtime: number } | undefined;
  // Read in pieces, so that a folder without end is left when there was enough of it.
  while (entries < mostEntries) {
    const piece = await readPiece(sftp, handle, folder);
    if (piece === undefined || piece.length === 0) break;
    for (const { filename, attrs } of piece) {
      entries += 1;
      if ((attrs.mode & typeMask) !== regularFile) continue;
      files += 1;
      bytes += attrs.size;
      if (newest === undefined || attrs.mtime > newest.mtime) newest = { name: filename, mtime: attrs.mtime };
    }
  }
  const nowSeconds = context.clock.nowMs() / 1000;
  return {
    files,
    bytes,
    cut: entries >= mostEntries,
    newest:
      newest === undefined
        ? undefined
        : { name: sanitiseOutput(newest.name, 200), ageSeconds: Math.max(0, nowSeconds - newest.mtime) },
  };
}

// SSH_FX_EOF: the end of a folder is told as an error.
const endOfFolder = 1;

function readPiece(sftp: SFTPWrapper, handle: Buffer, folder: string): Promise<FileEntryWithStats[] | undefined> {
  return call<FileEntryWithStats[] | undefined>('folderRefused', folder, (done) =>
    sftp.readdir(handle, (error, entries) => {
      const isEnd = error !== undefined && error !== null && 'code' in error && error.code === endOfFolder;
      if (isEnd) done(undefined, undefined);
      else done(error, entries);
    }),
  );
}

async function writeAndRead(sftp: SFTPWrapper, path: string): Promise<void> {
  const content = randomBytes(32).toString('hex');
  await call<void>('writeRefused', path, (done) => sftp.writeFile(path, content, { flag: 'wx' }, done));
  try {
    if ((await readBack(sftp, path)) !== content) throw new SftpFailure({ code: 'otherContent', data: { path } });
  } finally {
    await call<void>('removeRefused', path, (done) => sftp.unlink(path, done));
  }
}

/** The beginning of a file, into room of our own: a server that lies about its size makes us keep nothing for it. */
async function readBack(sftp: SFTPWrapper, path: string): Promise<string> {
  const handle = await call<Buffer>('readRefused', path, (done) => sftp.open(path, 'r', done));
  const room = Buffer.alloc(256);
  const length = await call<number>('readRefused', path, (done) => sftp.read(handle, room, 0, room.length, 0, done));
  return room.toString('utf8', 0, length);
}

type Done<Value> = (error: Error | null | undefined, value: Value) => void;

async function call<Value>(
  code: 'noSubsystem' | 'folderRefused' | 'writeRefused' | 'readRefused' | 'removeRefused',
  path: string,
  ask: (done: Done<Value>) => void,
): Promise<Value> {
  try {
    return await new Promise<Value>((resolve, reject) => {
      ask((error, value) => (error === null || error === undefined ? resolve(value) : reject(error)));
    });
  } catch (error) {
    const message = error instanceof Error ? sanitiseOutput(error.message, 200) : '?';
    throw new SftpFailure({ code, data: { path, message } });
  }
}
