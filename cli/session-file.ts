import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const kept = z.object({
  url: z.string(),
  token: z.string(),
  tokenId: z.string(),
  mail: z.string(),
  language: z.enum(['en', 'fr']),
});
/** What `vigie login` keeps between commands. */
export type Session = z.infer<typeof kept>;

function fileIn(folder: string): string {
  return path.join(folder, 'vigie', 'session.json');
}

/** @param folder the person's configuration folder (XDG). */
export async function readSession(folder: string): Promise<Session | undefined> {
  const content = await readFile(fileIn(folder), 'utf8').catch(() => '');
  if (content === '') return undefined;
  const parsed = kept.safeParse(JSON.parse(content));
  return parsed.success ? parsed.data : undefined;
}

/** The file holds a token, so only its owner may read it. */
export async function writeSession(folder: string, session: Session): Promise<void> {
  const file = fileIn(folder);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, `${JSON.stringify(session, undefined, 2)}\n`, { mode: 0o600 });
  // An older file keeps its mode when it is written over.
  await chmod(file, 0o600);
}

export async function removeSession(folder: string): Promise<void> {
  await rm(fileIn(folder), { force: true });
}
