import { createClient, type Client } from '#contract/client.ts';
import type { Role } from '#contract/permission.ts';
import type { Proposal } from '#contract/watch.ts';
import type { Language } from '#contract/words.ts';
import type { HostName } from '../lab/plans.ts';
import { passageOut, type Passage } from '../lab/passage.ts';
import { startLab, type Lab } from '../lab/start-lab.ts';
import { serveVigie, type ServedVigie } from './served-vigie.ts';

/** The people who work in the lab's company: Alice administers, Bob and Olga operate. */
const operators = {
  bob: { name: 'Bob Tremblay', mail: 'bob@vigie.test', role: 'operator', language: 'fr' },
  olga: { name: 'Olga Petit', mail: 'olga@vigie.test', role: 'operator', language: 'en' },
} as const satisfies Record<string, { name: string; mail: string; role: Role; language: Language }>;

export const companyPassword = 'correct horse battery';

export interface Company {
  readonly alice: Client;
  readonly bob: Client;
  readonly olga: Client;
}

/** Creates the first administrator with the one-time link, and the operators by invitation. */
export async function welcomeCompany(vigie: ServedVigie): Promise<Company> {
  const nobody = clientOf(vigie);
  const token = new URLSearchParams(vigie.welcomePath()?.split('?')[1]).get('token') ?? '';
  const first = await nobody.people.welcome.accept({
    token,
    name: 'Alice Martin',
    mail: 'alice@vigie.test',
    password: companyPassword,
    language: 'en',
  });
  const alice = clientOf(vigie, first.token);
  return { alice, bob: await inviteOperator(vigie, alice, 'bob'), olga: await inviteOperator(vigie, alice, 'olga') };
}

/** Invites an operator, who accepts: a client signed in as them. */
export async function inviteOperator(vigie: ServedVigie, alice: Client, who: keyof typeof operators): Promise<Client> {
  const { link } = await alice.people.persons.invite(operators[who]);
  const session = await clientOf(vigie).people.persons.acceptInvitation({
    token: new URL(link).searchParams.get('token') ?? '',
    password: companyPassword,
  });
  return clientOf(vigie, session.token);
}

export function clientOf(vigie: ServedVigie, token?: string): Client {
  return createClient({ url: vigie.url, token: () => token });
}

/** What "add by address" proposes for an address, looked at until the end. */
export async function lookAt(client: Client, what: string): Promise<Proposal[]> {
  const proposals: Proposal[] = [];
  for await (const seen of await client.watch.look({ what })) {
    if (seen.step === 'proposal') proposals.push(seen.proposal);
  }
  return proposals;
}

/** Starts every check that is proposed for the host, ticked as it comes, and gives the host's id in the estate. */
export async function watchHost(client: Client, lab: Lab, name: HostName): Promise<string> {
  const proposals = await lookAt(client, lab.hosts[name].address);
  const wanted = proposals.filter((proposal) => proposal.wanted);
  const { checks } = await client.watch.start({ proposals: wanted });
  const host = checks.map(({ target }) => target).find(({ kind }) => kind === 'host');
  if (host === undefined) throw new Error(`Nothing answered on ${name}.`);
  return host.id;
}

/** Stops the watch of this machine itself and of its lateness: how busy it is, is no matter of the lab's hosts. */
export async function pauseLocalCheck(client: Client): Promise<void> {
  for (const kind of ['local-host', 'vigie']) {
    const { items } = await client.watch.checks.list({ kind });
    for (const { id } of items) await client.watch.checks.change({ id, paused: true });
  }
}

/** Tells Vigie how to sign in on a lab host: the lab's key, and the host's own keys, pinned. */
export async function giveAccess(alice: Client, lab: Lab, hostId: string, name: HostName): Promise<void> {
  const credential = await alice.upkeep.credentials.create({
    kind: 'key',
    name: `vigie on ${name}`,
    user: 'vigie',
    privateKey: lab.sshKey.privateText,
  });
  const hostKeys = (await lab.hostKeys(name)).map((line) => {
    const [type = '', key = ''] = line.split(' ');
    return { type, key };
  });
  await alice.upkeep.access.set({ hostId, credentialId: credential.id, hostKeys });
}

/** The remedy of the walk, as a runbook's command. */
export const restartNginx =
  'echo "Restarting nginx on $(hostname)"\nsystemctl restart nginx\nsystemctl is-active nginx';

/** A lab with a Vigie in its network that runs and has nobody in it yet. */
export interface LabVigie extends AsyncDisposable {
  readonly lab: Lab;
  readonly vigie: ServedVigie;
}

export async function startLabVigie(hosts: readonly HostName[]): Promise<LabVigie> {
  await using ending = new AsyncDisposableStack();
  const lab = ending.use(await startLab({ hosts }));
  const vigie = ending.use(await serveVigie(lab));
  await vigie.start();
  const kept = ending.move();
  return { lab, vigie, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** Makes a port of this machine answer at the branch office's address: what Vigie sends out is caught there. */
export async function openAtBranch(lab: Lab, port: number, toPort: number): Promise<Passage> {
  return passageOut(lab, 'branch', { host: '10.77.8.10', port }, toPort);
}
