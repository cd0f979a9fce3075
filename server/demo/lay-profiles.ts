import { sensitivity } from '#contract/rule.ts';
import { checks } from './company/checks.ts';
import { hosts } from './company/hosts.ts';
import { thingNamed, type Company } from './settle-company.ts';
import type { Stage } from './stage.ts';

const usual = sensitivity.parse({});
const network: ReadonlySet<string> = new Set(['switch', 'router', 'firewall']);

/** Two profiles, by an administrator since one runs a command, given to the hosts whose checks are just so: those inherit from now on. */
export async function layProfiles(stage: Stage, { demonstrator, things }: Company): Promise<void> {
  const servers = hosts.filter(({ unit }) => unit !== null).map(({ name }) => name);
  await layProfile(stage, { demonstrator, things }, servers, {
    name: 'Serveur joint par SSH',
    summary: 'Il répond, et son disque n’est pas plein.',
    equipment: ['server', 'virtual'],
    names: ['Ping', 'Disque /'],
  });
  const devices = hosts.filter(({ kind }) => network.has(kind)).map(({ name }) => name);
  await layProfile(stage, { demonstrator, things }, devices, {
    name: 'Équipement réseau',
    summary: 'Commutateurs, routeurs et pare-feu : ils répondent.',
    equipment: ['switch', 'router', 'firewall'],
    names: ['Ping'],
  });
}

interface InventedProfile {
  readonly name: string;
  readonly summary: string;
  readonly equipment: readonly ('server' | 'virtual' | 'switch' | 'router' | 'firewall')[];
  /** The names of the checks that it brings, as the hosts have them. */
  readonly names: readonly string[];
}

async function layProfile(
  stage: Stage,
  { demonstrator, things }: Pick<Company, 'demonstrator' | 'things'>,
  given: readonly string[],
  { names, equipment, ...said }: InventedProfile,
): Promise<void> {
  const items = names.flatMap((name) => {
    const check = checks.find((each) => each.name === name && given.includes(each.on.name));
    if (check === undefined) return [];
    const { kind, settings, intervalMs } = check;
    const how = { rules: [], sensitivity: usual, importance: 'normal' as const };
    return [{ name, kind, settings: { ...settings }, intervalSeconds: intervalMs / 1_000, ...how }];
  });
  const { create, apply } = stage.modules.watch.handlers.profiles;
  const fields = { ...said, equipment: [...equipment], includes: [], items };
  const { id } = await stage.act(demonstrator, 'watch.profiles.create', fields, create);
  const refs = given.map((name) => {
    const thing = thingNamed(things, name);
    return { kind: thing.kind, id: thing.id };
  });
  await stage.act(demonstrator, 'watch.profiles.apply', { id, things: refs, preview: false, secrets: [] }, apply);
}
