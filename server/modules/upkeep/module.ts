/*
 * Upkeep: how work is done on hosts: runbooks, runs with their approvals, credentials and access, one run a host.
 * Words: runbook, step, run, plan, approval, emergency, lease, credential, access, owner of a run.
 * It never repeats a step that may have begun, never shows a secret, and never lets somebody approve their own run.
 */
import type { Fact } from '#contract/facts.ts';
import { mayDo } from '#contract/permission.ts';
import type { run as runSchema, upkeep } from '#contract/upkeep.ts';
import type { Doer, Language } from '#contract/words.ts';
import type { scanHostKeys } from '#ssh/scan-host-keys.ts';
import type { SshTarget, SshTransport } from '#ssh/transport.ts';
import { actorOf, type Caller } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import { nextOffset } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Duty } from '#platform/duties.ts';
import type { LiveLine } from '#platform/live-line.ts';
import type { Log } from '#platform/log.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Vault } from '#platform/vault.ts';
import type { z } from 'zod';
import { approveRun, declareEmergency, planNow, refuseRun, reviewRun } from './agree-run.ts';
import { cleanSteps } from './clean-steps.ts';
import { conductRuns } from './conduct-runs.ts';
import { importHistory, type UpkeepHistory } from './import-history.ts';
import { keepCredential, removeCredential, unsealCredential } from './keep-credential.ts';
import { maintenanceAt, windowHandlers, type MaintenanceNow } from './keep-windows.ts';
import { proposeRun } from './propose-run.ts';
import { rankRunbooks } from './rank-runbooks.ts';
import { readOutput } from './read-output.ts';
import { runView } from './run-view.ts';
import type { Run, RunTarget } from './run.ts';
import { removeAccess, scanHost, setAccess, tryAccess } from './set-access.ts';
import { signOff, stopRun } from './steer-run.ts';
import { accessStore, credentialStore, targetReader } from './store-access.ts';
import { leaseStore } from './store-lease.ts';
import { openOwnershipLine } from './store-ownership.ts';
import { stepWriter } from './store-run-write.ts';
import { runReader } from './store-run.ts';
import { runbookReader } from './store-runbook.ts';
import { changeRunbook, createRunbook, removeRunbook } from './write-runbook.ts';

interface Parts {
  readonly db: Database<'upkeep'>;
  readonly transact: Transact<'upkeep'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly vault: Vault;
  readonly live: LiveLine;
  readonly transport: SshTransport;
  /** Asks a host for its keys without signing in. */
  readonly scanHostKeys: typeof scanHostKeys;
  /** For the connection whose life proves that this process lives. */
  readonly databaseUrl: string;
}

export interface UpkeepModule {
  readonly handlers: Handlers<typeof upkeep>;
  readonly duties: readonly Duty[];
  /** The reaction to watch.checksRan: gives a waiting check step its answer. */
  readonly takeAnswer: (fact: Fact<'watch.checksRan'>) => Promise<void>;
  /** How to sign in on a host, credential included; null when nobody has said. For checks over SSH. */
  readonly sshTargetOf: (hostId: string) => Promise<SshTarget | null>;
  /** The turns of maintenance windows that go on at a moment. */
  readonly maintenanceAt: (now: Date) => Promise<MaintenanceNow[]>;
  /** For runs that were carried out before Vigie was there. */
  readonly history: UpkeepHistory;
}

type RunView = z.infer<typeof runSchema>;

function doerOf(caller: Caller): Doer {
  const { id, name } = actorOf(caller);
  return { kind: 'person', id, name };
}

async function viewsOf({ db }: Parts, runs: readonly Run[], language: Language): Promise<RunView[]> {
  const holders = await leaseStore(db).holders(runs.map(({ host }) => host.id));
  const waiting = runs.filter(({ state }) => state === 'waiting_approval').map(({ host }) => host.id);
  const targets = await targetReader(db).of(waiting);
  return runs.map((run) => {
    const planHash =
      run.state === 'waiting_approval' ? planNow(run, targets.get(run.host.id) ?? null).hash : run.planHash;
    return runView(run, { holder: holders.get(run.host.id), planHash }, language);
  });
}

async function viewOf(parts: Parts, run: Run, caller: Caller): Promise<RunView> {
  const [view] = await viewsOf(parts, [run], caller.language);
  if (view === undefined) throw new Refusal('not_found');
  return view;
}

/** Safe means: without a second person. Only who may be that second person can say so. */
function checkSafe(safe: boolean, caller: Caller): void {
  if (safe && !mayDo(actorOf(caller).role, 'upkeep.trust'))
    throw new Refusal('forbidden', { permission: 'upkeep.trust' });
}

function runbookHandlers(parts: Parts): Handlers<typeof upkeep>['runbooks'] {
  const { db } = parts;
  return {
    async list(input) {
      const { items, total } = await runbookReader(db).list(input);
      return { items, total, next: nextOffset(input.after, items.length, total) };
    },
    get: async (input) => (await runbookReader(db).get(input.id)) ?? Promise.reject(new Refusal('not_found')),
    async create(input, caller) {
      checkSafe(input.safe, caller);
      return createRunbook(parts, input, doerOf(caller));
    },
    async change({ id, ...fields }, caller) {
      checkSafe(fields.safe, caller);
      return changeRunbook(parts, id, fields, doerOf(caller));
    },
    async remove(input) {
      await removeRunbook(parts, input.id);
      return {};
    },
    async suggest(input) {
      const { items } = await runbookReader(db).list({ limit: 500 });
      return { items: rankRunbooks(items, input.symptoms) };
    },
  };
}

function runHandlers(parts: Parts): Handlers<typeof upkeep>['runs'] {
  const { db } = parts;
  return {
    async list({ waitingForMe, ...asked }, caller) {
      const waitingFor = waitingForMe === true ? actorOf(caller).id : undefined;
      const { items, total } = await runReader(db).list({ ...asked, waitingFor });
      return {
        items: await viewsOf(parts, items, caller.language),
        total,
        next: nextOffset(asked.after, items.length, total),
      };
    },
    async get(input, caller) {
      const run = await runReader(db).get(input.id);
      if (run === null) throw new Refusal('not_found');
      return viewOf(parts, run, caller);
    },
    propose: async (input, caller) => viewOf(parts, await proposeRun(parts, input, doerOf(caller)), caller),
    approve: async (input, caller) => viewOf(parts, await approveRun(parts, input, doerOf(caller)), caller),
    refuse: async (input, caller) => viewOf(parts, await refuseRun(parts, input, doerOf(caller)), caller),
    declareEmergency: async (input, caller) =>
      viewOf(parts, await declareEmergency(parts, input, doerOf(caller)), caller),
    review: async (input, caller) => viewOf(parts, await reviewRun(parts, input, doerOf(caller)), caller),
    stop: async (input, caller) => viewOf(parts, await stopRun(parts, input.id, doerOf(caller)), caller),
    signOff: async (input, caller) => viewOf(parts, await signOff(parts, input, doerOf(caller)), caller),
    output: (input) => readOutput(db, input),
  };
}

function accessHandlers(
  parts: Parts,
  reach: Reach,
): Pick<Handlers<typeof upkeep>, 'credentials' | 'access' | 'leases'> {
  const { db, transport } = parts;
  return {
    credentials: {
      list: async () => ({ items: await credentialStore(db).list() }),
      create: (input) => keepCredential(parts, input),
      async remove(input) {
        await removeCredential(parts, input.id);
        return {};
      },
    },
    access: {
      async get(input) {
        const line = await accessStore(db).get(input.hostId);
        if (line === null && (await accessStore(db).host(input.hostId)) === null) throw new Refusal('not_found');
        return line === null ? null : { ...line, hostKeys: [...line.hostKeys] };
      },
      async scan(input, caller, signal) {
        return { hostKeys: [...(await scanHost(parts, input, caller, signal))] };
      },
      async set(input) {
        const line = await setAccess(parts, input);
        return { ...line, hostKeys: [...line.hostKeys] };
      },
      async test(input, caller, signal) {
        const host = await accessStore(db).host(input.hostId);
        if (host === null) throw new Refusal('not_found');
        const known = await targetReader(db).get(host.id);
        const target = known === null ? null : await reach(known);
        if (target === null) throw new Refusal('ssh_access_missing', { host: host.name });
        return tryAccess(transport, target, host.name, caller.language, signal);
      },
      async remove(input) {
        await removeAccess(parts, input.hostId);
        return {};
      },
    },
    async leases() {
      const lines = await leaseStore(db).list();
      return {
        items: lines.map((line) => ({
          host: { kind: 'host', id: line.hostId, name: line.hostName },
          run: { id: line.runId, runbook: line.runbook },
          since: line.since.toISOString(),
          by: line.by,
          waiting: line.waiting,
        })),
      };
    },
  };
}

type Reach = (target: RunTarget) => Promise<SshTarget | null>;

/** Adds the unsealed credential to where a run goes. One that the vault's key does not open is as good as gone. */
function reacher({ db, vault, log }: Parts): Reach {
  return async ({ address, port, user, credentialId, hostKeys }) => {
    const sealed = credentialId === '' ? null : await credentialStore(db).sealed(credentialId);
    if (sealed === null) return null;
    try {
      return { host: address, port, user, hostKeys, credential: unsealCredential(vault, credentialId, sealed) };
    } catch (error) {
      log.error({ credentialId, error }, 'a credential could not be opened: it was sealed with another vault key');
      return null;
    }
  };
}

/** Puts the module together. */
export function createUpkeep(parts: Parts): UpkeepModule {
  const { db, transact, live, log, databaseUrl } = parts;
  const reach = reacher(parts);
  const cleaning = { ...parts, reach };
  const conducting = {
    ...cleaning,
    log,
    openLine: () => openOwnershipLine(databaseUrl),
    onWake: (listener: () => void, signal: AbortSignal) => live.onWake('upkeep', listener, signal),
    cleanUp: (runId: string) => cleanSteps(cleaning, runId),
  };
  return {
    handlers: {
      runbooks: runbookHandlers(parts),
      runs: runHandlers(parts),
      ...accessHandlers(parts, reach),
      windows: windowHandlers(parts),
    },
    duties: [
      { name: 'conduct runs', everySeconds: 1, work: (signal) => conductRuns(conducting, signal) },
      { name: 'clean steps', everySeconds: 900, work: () => cleanSteps(cleaning, null) },
    ],
    async takeAnswer({ id: factId, payload: { requestId, outcomes } }) {
      const answer = outcomes.map(({ checkName, verdict }) => ({ checkName, verdict }));
      await transact.once(factId, 'upkeep.takeAnswer', async (unit) => {
        const runId = await stepWriter(unit.db).takeAnswer(requestId, answer);
        if (runId === null) return;
        await unit.live('upkeep.run', runId);
        await unit.wake('upkeep');
      });
    },
    history: importHistory(parts),
    maintenanceAt: (now) => maintenanceAt(db, now),
    async sshTargetOf(hostId) {
      const target = await targetReader(db).get(hostId);
      return target === null ? null : reach(target);
    },
  };
}
