import type { ThingRef } from '#contract/words.ts';
import type { Caller } from '#platform/caller.ts';
import { checks, lookedOf, type InventedCheck } from './company/checks.ts';
import { hosts, linkToQuebec } from './company/hosts.ts';
import { services } from './company/offered-services.ts';
import { settleOnCall } from './settle-on-call.ts';
import { crew, demonstrator, staff, type CrewKey, type InventedPerson } from './company/people.ts';
import { runbooks, type RunbookKey } from './company/runbooks.ts';
import { companyDomain, sites, suppliers } from './company/sites.ts';
import { inventHostKey } from './invent-host-key.ts';
import { inventResult } from './invent-result.ts';
import type { Actor, Stage } from './stage.ts';

/** The company once it is there: who and what goes by which id. */
export interface Company {
  readonly demonstrator: Actor;
  readonly crew: Readonly<Record<CrewKey, Actor>>;
  readonly things: ReadonlyMap<string, ThingRef & { readonly name: string }>;
  readonly runbooks: ReadonlyMap<RunbookKey, string>;
  readonly checkIds: ReadonlyMap<InventedCheck, string>;
}

const outsider: Caller = { actor: null, language: 'fr', address: '192.0.2.254', keepSession: () => undefined };
const never = new AbortController().signal;

function actorOf(id: string, { name, role, language }: InventedPerson): Actor {
  return { id, name, role, language };
}

/** People do one thing after the other. */
function pause(stage: Stage, seconds: number): void {
  stage.passTo(new Date(stage.now().getTime() + seconds * 1_000));
}

async function welcomePeople(stage: Stage, password: string) {
  const { people } = stage.modules;
  const token = await stage.happen(() => people.offerWelcome());
  const { name, mail, role, language } = demonstrator;
  const asked = { token: token ?? '', name, mail, password, language };
  const first = await stage.happen(() => people.handlers.welcome.accept(asked, outsider, never));
  const boss = actorOf(first.person.id, { name, mail, role, language });
  const invite = async (person: InventedPerson) => {
    pause(stage, 35);
    return stage.act(boss, 'people.persons.invite', person, people.handlers.persons.invite);
  };
  const members: [CrewKey, Actor][] = [];
  for (const [key, person] of entriesOf(crew)) {
    const { person: added, link } = await invite(person);
    const invitation = new URL(link).searchParams.get('token') ?? '';
    await stage.happen(() =>
      people.handlers.persons.acceptInvitation({ token: invitation, password }, outsider, never),
    );
    members.push([key, actorOf(added.id, person)]);
  }
  const staffIds: string[] = [];
  for (const person of staff) staffIds.push((await invite(person)).person.id);
  return { boss, members: fromEntries(members), staffIds };
}

function entriesOf<Key extends string, Value>(record: Readonly<Record<Key, Value>>): [Key, Value][] {
  const isKey = (key: string): key is Key => key in record;
  return Object.keys(record)
    .filter(isKey)
    .map((key) => [key, record[key]]);
}

function fromEntries(members: readonly [CrewKey, Actor][]): Record<CrewKey, Actor> {
  const of = (wanted: CrewKey): Actor => {
    const found = members.find(([key]) => key === wanted);
    if (found === undefined) throw new Error(`${wanted} is not there`);
    return found[1];
  };
  return {
    amelie: of('amelie'),
    marc: of('marc'),
    jessica: of('jessica'),
    karim: of('karim'),
    sophie: of('sophie'),
    david: of('david'),
    nadia: of('nadia'),
    helene: of('helene'),
  };
}

type Things = Map<string, ThingRef & { readonly name: string }>;

/** @throws Error when nothing has that name */
export function thingNamed(things: ReadonlyMap<string, ThingRef & { readonly name: string }>, name: string) {
  const thing = things.get(name);
  if (thing === undefined) throw new Error(`there is no ${name}`);
  return thing;
}

async function build(
  stage: Stage,
  by: { boss: Actor; crew: Readonly<Record<CrewKey, Actor>> },
  staffIds: readonly string[],
): Promise<Things> {
  const { handlers } = stage.modules.estate;
  const things: Things = new Map();
  for (const { key, name, place, note } of sites) {
    pause(stage, 60);
    const { id } = await stage.act(by.boss, 'estate.sites.create', { name, place, note }, handlers.sites.create);
    things.set(`site ${key}`, { kind: 'site', id, name });
  }
  for (const { name, site, address, kind, system, note } of hosts) {
    pause(stage, 50);
    const siteId = thingNamed(things, `site ${site}`).id;
    const asked = { name, address, kind, system, note, siteId };
    const { id } = await stage.act(by.crew.karim, 'estate.hosts.create', asked, handlers.hosts.create);
    things.set(name, { kind: 'host', id, name });
  }
  for (const { name, summary, importance, owner, users } of services) {
    pause(stage, 70);
    const asked = { name, summary, importance, ownerId: by.crew[owner].id };
    const { id } = await stage.act(by.crew.amelie, 'estate.services.create', asked, handlers.services.create);
    things.set(name, { kind: 'service', id, name });
    const personIds = staffIds.slice(users[0], users[0] + users[1]);
    if (personIds.length > 0)
      await stage.act(by.crew.amelie, 'estate.services.setUsers', { id, personIds }, handlers.services.setUsers);
  }
  for (const supplier of suppliers) {
    pause(stage, 45);
    await stage.act(by.boss, 'estate.suppliers.create', supplier, handlers.suppliers.create);
  }
  await linkThings(stage, by.crew.karim, things);
  return things;
}

async function linkThings(stage: Stage, by: Actor, things: Things): Promise<void> {
  const { add } = stage.modules.estate.handlers.dependencies;
  const refOf = (name: string): ThingRef => {
    const { kind, id } = thingNamed(things, name);
    return { kind, id };
  };
  const pairs = [
    ...[...hosts, ...services].flatMap(({ name, needs }) => needs.map((needed) => [name, needed] as const)),
    ['site quebec', linkToQuebec] as const,
  ];
  for (const [dependent, on] of pairs) {
    pause(stage, 20);
    await stage.act(by, 'estate.dependencies.add', { dependent: refOf(dependent), on: refOf(on) }, add);
  }
}

async function giveAccess(stage: Stage, boss: Actor, things: Things): Promise<void> {
  const { credentials, access } = stage.modules.upkeep.handlers;
  const asked = { kind: 'generate', name: 'Clé de Vigie', user: 'vigie' } as const;
  const credential = await stage.act(boss, 'upkeep.credentials.create', asked, credentials.create);
  for (const { name } of hosts.filter(({ unit }) => unit !== null)) {
    pause(stage, 25);
    const { id: hostId } = thingNamed(things, name);
    const hostKeys = [{ type: 'ssh-ed25519', key: inventHostKey(name) }];
    await stage.act(boss, 'upkeep.access.set', { hostId, credentialId: credential.id, port: 22, hostKeys }, access.set);
  }
}

async function writeRunbooks(
  stage: Stage,
  boss: Actor,
  by: Readonly<Record<CrewKey, Actor>>,
): Promise<Map<RunbookKey, string>> {
  const { create } = stage.modules.upkeep.handlers.runbooks;
  const ids = new Map<RunbookKey, string>();
  for (const [key, fields] of entriesOf(runbooks)) {
    pause(stage, 900);
    const operator = /[éèàê]|redém|Renouv/iu.test(fields.summary) ? by.karim : by.jessica;
    // Only an administrator says what may run without a second person.
    const author = fields.safe ? boss : operator;
    ids.set(key, (await stage.act(author, 'upkeep.runbooks.create', fields, create)).id);
  }
  return ids;
}

async function startChecks(stage: Stage, things: Things): Promise<Map<InventedCheck, string>> {
  const { history } = stage.modules.watch;
  const ids = await stage.happen(() =>
    history.addChecks(
      checks.map(({ name, kind, on, settings, intervalMs }) => {
        const { kind: targetKind, id } = thingNamed(things, on.name);
        return { name, kind, target: { kind: targetKind, id }, settings, intervalMs, specialAllowed: false };
      }),
    ),
  );
  pause(stage, 60);
  const at = stage.now();
  const found = new Map<InventedCheck, string>();
  for (const [index, check] of checks.entries()) {
    const checkId = ids[index] ?? '';
    found.set(check, checkId);
    const outcome = inventResult(lookedOf(check), null, at.getTime());
    await stage.happen(() =>
      history.settle({
        checkId,
        target: thingNamed(things, check.on.name),
        state: 'up',
        flapping: false,
        because: null,
        first: at,
        result: { ...outcome, at, confirming: false },
      }),
    );
  }
  return found;
}

/** Only mail: a webhook's name would be looked up. */
async function openChannels(stage: Stage, boss: Actor): Promise<void> {
  const { channels, mailServer } = stage.modules.notify.handlers;
  const server = {
    host: `mail.${companyDomain}`,
    port: 587,
    security: 'starttls',
    user: 'vigie',
    from: `vigie@${companyDomain}`,
    caPem: '',
  } as const;
  await stage.act(boss, 'notify.mailServer.set', server, mailServer.set);
  const rest = {
    kind: 'mail',
    personId: null,
    own: false,
    active: true,
    everything: true,
    afterMinutes: 0,
    stormNotices: 6,
    stormMinutes: 5,
  } as const;
  const lines = [
    {
      name: 'Astreinte Lyon',
      settings: { address: `astreinte@${companyDomain}` },
      language: 'fr',
      from: 'high',
      reminderMinutes: 15,
    },
    {
      name: 'Montréal on call',
      settings: { address: `oncall@${companyDomain}` },
      language: 'en',
      from: 'normal',
      reminderMinutes: 30,
    },
  ] as const;
  for (const line of lines) {
    pause(stage, 120);
    await stage.act(boss, 'notify.channels.create', { ...rest, ...line }, channels.create);
  }
}

/** Founds the company: its people, what it has, how its hosts are reached, what it knows how to do, and what it watches. */
export async function settleCompany(stage: Stage, password: string): Promise<Company> {
  const { boss, members, staffIds } = await welcomePeople(stage, password);
  const things = await build(stage, { boss, crew: members }, staffIds);
  await giveAccess(stage, boss, things);
  const runbookIds = await writeRunbooks(stage, boss, members);
  await openChannels(stage, boss);
  await settleOnCall(stage, { boss, crew: members, things });
  const checkIds = await startChecks(stage, things);
  return { demonstrator: boss, crew: members, things, runbooks: runbookIds, checkIds };
}
