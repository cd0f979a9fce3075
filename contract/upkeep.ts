import { z } from 'zod';
import { accessRequests } from './access.ts';
import { windowRequests } from './maintenance-window.ts';
import { request } from './request.ts';
import { doer, id, line, listOf, namedThing, nothing, page, text, time } from './words.ts';

/** Upkeep: runbooks, runs, approvals, access to hosts (credentials and pinned host keys), leases. */

/** A parameter's name as a shell variable would have it: a step reads it as `$NAME`. */
export const parameterName = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/u);
export const parameter = z.object({
  name: parameterName,
  label: line(100),
  kind: z.enum(['text', 'number', 'boolean', 'choice']),
  choices: z.array(line(200)).max(50).default([]),
  required: z.boolean().default(true),
  default: z
    .union([z.string().max(1_000), z.number(), z.boolean()])
    .nullable()
    .default(null),
});
export const inputs = z.record(parameterName, z.union([z.string().max(1_000), z.number(), z.boolean()]));

const stepCommon = { title: line(200), onFailure: z.enum(['stop', 'continue']).default('stop') };
const timeoutSeconds = z.number().int().min(1).max(86_400);
export const step = z.discriminatedUnion('kind', [
  /** Runs on the run's host by SSH with `sh`; parameters are environment variables, never pasted into the text. */
  z.object({
    kind: z.literal('command'),
    ...stepCommon,
    command: text(20_000).min(1),
    timeoutSeconds: timeoutSeconds.default(300),
    sudo: z.boolean().default(false),
  }),
  /** Runs the checks of the incident (or of the run's host) and is good when all are up, tried again until the time is out. */
  z.object({ kind: z.literal('check'), ...stepCommon, timeoutSeconds: timeoutSeconds.default(60) }),
  z.object({ kind: z.literal('wait'), ...stepCommon, seconds: z.number().int().min(1).max(86_400) }),
  /** A person does something and signs it off. */
  z.object({ kind: z.literal('manual'), ...stepCommon, instruction: text(5_000).min(1) }),
]);
export type Step = z.infer<typeof step>;

const runbookFields = {
  name: line(200),
  summary: text(2_000).default(''),
  /** Safe: may run without a second person's approval. Only who has `upkeep.trust` can mark it so. */
  safe: z.boolean().default(false),
  /** Words of symptoms for which it is proposed. */
  symptoms: z.array(line(200)).max(20).default([]),
  parameters: z.array(parameter).max(20).default([]),
  steps: z.array(step).min(1).max(100),
};
export const runbook = z.object({
  ...runbookFields,
  id,
  version: z.number().int(),
  changedAt: time,
  changedBy: doer,
  runCount: z.number().int(),
  successCount: z.number().int(),
});
export type Runbook = z.infer<typeof runbook>;

export const runState = z.enum([
  'waiting_approval',
  'refused',
  'queued',
  'running',
  'waiting',
  'stopping',
  'succeeded',
  'failed',
  'stopped',
  'lost',
]);
export type RunState = z.infer<typeof runState>;
export const stepState = z.enum(['pending', 'running', 'waiting', 'succeeded', 'failed', 'skipped', 'stopped', 'lost']);

export const runStep = z.object({
  id,
  position: z.number().int(),
  definition: step,
  state: stepState,
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  exitCode: z.number().int().nullable(),
  /** Why it ended as it did, in the reader's language; empty while all is plain. */
  note: z.string(),
  /** How often Vigie came back to it after it had died itself. */
  reattached: z.number().int(),
  outputBytes: z.number().int(),
  signedBy: doer.nullable(),
});

export const run = z.object({
  id,
  runbook: z.object({ id, name: z.string(), version: z.number().int() }),
  host: namedThing,
  incidentId: id.nullable(),
  inputs,
  state: runState,
  /** Why it waits, in the reader's language: approval, a lease held by another run, a sign-off. */
  note: z.string(),
  proposedBy: doer,
  proposedAt: time,
  approvedBy: doer.nullable(),
  approvedAt: time.nullable(),
  refusedBy: doer.nullable(),
  refusedReason: z.string().nullable(),
  emergency: z
    .object({ reason: z.string(), by: doer, reviewedBy: doer.nullable(), reviewNote: z.string().nullable() })
    .nullable(),
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  steps: z.array(runStep),
  /** Hash of the snapshot and target that an approval is bound to. */
  planHash: z.string(),
});
export type Run = z.infer<typeof run>;

export const lease = z.object({
  host: namedThing,
  run: z.object({ id, runbook: z.string() }),
  since: time,
  by: z.string(),
  waiting: z.number().int(),
});

export const upkeep = {
  runbooks: {
    list: request({ method: 'GET', path: '/upkeep/runbooks', permission: 'upkeep.read', summary: 'All runbooks' })
      .input(z.object({ ...page, search: text(100).optional() }))
      .output(listOf(runbook)),
    get: request({
      method: 'GET',
      path: '/upkeep/runbooks/{id}',
      permission: 'upkeep.read',
      summary: 'One runbook',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(runbook),
    create: request({
      method: 'POST',
      path: '/upkeep/runbooks',
      permission: 'upkeep.write',
      summary: 'Write a runbook',
      refusals: ['name_taken', 'forbidden'],
    })
      .input(z.object(runbookFields))
      .output(runbook),
    change: request({
      method: 'PUT',
      path: '/upkeep/runbooks/{id}',
      permission: 'upkeep.write',
      summary: 'Write a new version of a runbook',
      refusals: ['not_found', 'name_taken', 'forbidden'],
    })
      .input(z.object({ id, ...runbookFields }))
      .output(runbook),
    remove: request({
      method: 'DELETE',
      path: '/upkeep/runbooks/{id}',
      permission: 'upkeep.write',
      summary: 'Put a runbook away; its runs stay',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(nothing),
    suggest: request({
      method: 'GET',
      path: '/upkeep/suggestions',
      permission: 'upkeep.read',
      summary: 'Runbooks that fit symptoms, best first',
    })
      .input(z.object({ symptoms: text(2_000) }))
      .output(z.object({ items: z.array(runbook) })),
  },
  runs: {
    list: request({ method: 'GET', path: '/upkeep/runs', permission: 'upkeep.read', summary: 'Runs, newest first' })
      .input(
        z.object({
          ...page,
          incidentId: id.optional(),
          hostId: id.optional(),
          state: runState.optional(),
          waitingForMe: z.stringbool().optional(),
        }),
      )
      .output(listOf(run)),
    get: request({
      method: 'GET',
      path: '/upkeep/runs/{id}',
      permission: 'upkeep.read',
      summary: 'One run with its steps',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(run),
    propose: request({
      method: 'POST',
      path: '/upkeep/runs',
      permission: 'upkeep.run',
      summary: 'Propose to run a runbook on a host; a safe one starts at once, others wait for approval',
      refusals: ['not_found', 'parameter_missing', 'ssh_access_missing'],
    })
      .input(
        z.object({ runbookId: id, hostId: id, incidentId: id.nullable().default(null), inputs: inputs.default({}) }),
      )
      .output(run),
    approve: request({
      method: 'POST',
      path: '/upkeep/runs/{id}/approval',
      permission: 'upkeep.approve',
      summary: "Approve another person's run",
      refusals: ['not_found', 'own_approval', 'not_in_this_state', 'changed_since_approval'],
    })
      .input(z.object({ id, planHash: z.string().max(100) }))
      .output(run),
    refuse: request({
      method: 'POST',
      path: '/upkeep/runs/{id}/refusal',
      permission: 'upkeep.approve',
      summary: 'Refuse a proposed run',
      refusals: ['not_found', 'not_in_this_state'],
    })
      .input(z.object({ id, reason: line(500) }))
      .output(run),
    declareEmergency: request({
      method: 'POST',
      path: '/upkeep/runs/{id}/emergency',
      permission: 'upkeep.run',
      summary: 'Run without approval because it cannot wait; another person reviews it afterwards',
      refusals: ['not_found', 'not_in_this_state'],
    })
      .input(z.object({ id, reason: line(500) }))
      .output(run),
    review: request({
      method: 'POST',
      path: '/upkeep/runs/{id}/review',
      permission: 'upkeep.approve',
      summary: 'Review an emergency run',
      refusals: ['not_found', 'own_approval', 'not_in_this_state'],
    })
      .input(z.object({ id, note: text(2_000) }))
      .output(run),
    stop: request({
      method: 'POST',
      path: '/upkeep/runs/{id}/stop',
      permission: 'upkeep.run',
      summary: 'Stop a run; the remote process is really stopped',
      refusals: ['not_found', 'not_in_this_state'],
    })
      .input(z.object({ id }))
      .output(run),
    signOff: request({
      method: 'POST',
      path: '/upkeep/runs/{id}/steps/{stepId}/sign-off',
      permission: 'upkeep.run',
      summary: 'Sign off a manual step',
      refusals: ['not_found', 'not_in_this_state'],
    })
      .input(z.object({ id, stepId: id, done: z.boolean(), note: text(2_000).default('') }))
      .output(run),
    output: request({
      method: 'GET',
      path: '/upkeep/runs/{id}/steps/{stepId}/output',
      permission: 'upkeep.read',
      summary: "A step's output from a byte on",
      refusals: ['not_found'],
    })
      .input(z.object({ id, stepId: id, from: z.coerce.number().int().min(0).default(0) }))
      .output(
        z.object({
          from: z.number().int(),
          text: z.string(),
          next: z.number().int(),
          ended: z.boolean(),
          truncated: z.boolean(),
        }),
      ),
  },
  ...accessRequests,
  ...windowRequests,
  leases: request({
    method: 'GET',
    path: '/upkeep/leases',
    permission: 'upkeep.read',
    summary: 'Which run holds which host',
  })
    .input(nothing)
    .output(z.object({ items: z.array(lease) })),
};

const runFact = z.object({
  runId: id,
  runbookId: id,
  runbookName: z.string(),
  host: namedThing,
  incidentId: id.nullable(),
  /** Who did what the fact tells (refused, declared, reviewed); otherwise who proposed the run. */
  by: z.string(),
  safe: z.boolean(),
});
export const upkeepFacts = {
  /** `byId` is missing in facts from before it was told. */
  'upkeep.runProposed': runFact.extend({ byId: id.nullable().optional() }),
  'upkeep.runApproved': runFact.extend({ approvedBy: z.string() }),
  'upkeep.runRefused': runFact.extend({ reason: z.string() }),
  'upkeep.emergencyDeclared': runFact.extend({ reason: z.string() }),
  'upkeep.emergencyReviewed': runFact.extend({ note: z.string() }),
  'upkeep.runStarted': runFact,
  'upkeep.stepEnded': runFact.extend({
    stepId: id,
    position: z.number().int(),
    title: z.string(),
    state: stepState,
    exitCode: z.number().int().nullable(),
  }),
  'upkeep.runReattached': runFact.extend({ stepId: id, atByte: z.number().int() }),
  'upkeep.runEnded': runFact.extend({ state: runState, startedAt: time, endedAt: time }),
  /** A runbook's check step wants checks run now: those of the incident, else those of the host. */
  'upkeep.checkRequested': z.object({ requestId: id, runId: id, stepId: id, hostId: id, incidentId: id.nullable() }),
  'upkeep.accessChanged': z.object({ hostId: id }),
};
