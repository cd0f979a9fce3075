import { userInfo } from 'node:os';
import type { Client } from '#contract/client.ts';
import type { Run } from '#contract/upkeep.ts';
import { startLoopbackSshd, type LoopbackSshd } from '#ssh/testing/loopback-sshd.ts';

/** A host of the estate that is a real SSH server on loopback, with access given. */
export interface UpkeepHost extends AsyncDisposable {
  readonly sshd: LoopbackSshd;
  readonly hostId: string;
  readonly credentialId: string;
}

let hosts = 0;

/** Adds such a host to a house. */
export async function addUpkeepHost(house: { readonly as: { readonly alice: Client } }): Promise<UpkeepHost> {
  const sshd = await startLoopbackSshd();
  hosts += 1;
  const { alice } = house.as;
  const host = await alice.estate.hosts.create({ name: `web${hosts}`, address: '127.0.0.1' });
  const credential = await alice.upkeep.credentials.create({
    kind: 'key',
    name: `key of web${hosts}`,
    user: userInfo().username,
    privateKey: sshd.privateKey,
  });
  const { hostKeys } = await alice.upkeep.access.scan({ hostId: host.id, port: sshd.port });
  await alice.upkeep.access.set({ hostId: host.id, credentialId: credential.id, port: sshd.port, hostKeys });
  return {
    sshd,
    hostId: host.id,
    credentialId: credential.id,
    [Symbol.asyncDispose]: () => sshd[Symbol.asyncDispose](),
  };
}

/** Waits until a run is in one of these states, asking as that person. */
export async function untilRun(client: Client, id: string, ...states: readonly Run['state'][]): Promise<Run> {
  const patienceMs = 90_000;
  const begun = performance.now();
  for (;;) {
    const run = await client.upkeep.runs.get({ id });
    if (states.includes(run.state)) return run;
    if (performance.now() - begun > patienceMs) throw new Error(`still ${run.state}: ${run.note}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** All a step said. */
export async function outputOf(client: Client, run: Run, position = 0): Promise<string> {
  const stepId = run.steps[position]?.id ?? '';
  let text = '';
  for (let from = 0; ;) {
    const page = await client.upkeep.runs.output({ id: run.id, stepId, from });
    text += page.text;
    if (page.next === from) return text;
    from = page.next;
  }
}
