import { randomBytes } from 'node:crypto';
import { ORPCError } from '@orpc/client';
import { ValidationError } from '@orpc/contract';
import type { z } from 'zod';
import { mayDo } from '#contract/permission.ts';
import { refusals, type FieldFault } from '#contract/refusal.ts';
import type { RequestMeta } from '#contract/request.ts';
import type { Doer, Language } from '#contract/words.ts';
import { fieldReasonText, internalFaultText, refusalText } from '#texts/refusal-text.ts';
import { withoutSecrets } from './audit.ts';
import type { Caller } from './caller.ts';
import { fieldFaults } from './field-faults.ts';
import type { Log } from './log.ts';
import { auditOfRequest } from './outbox.ts';
import { Refusal, type Fault } from './refusal.ts';

export interface GuardParts {
  readonly log: Log;
  /** Writes an audit line outside any act: for refusals, and for acts that stored nothing themselves. */
  readonly audit: (draft: {
    who: Doer;
    request: string;
    outcome: string;
    subject: string | null;
    detail: Readonly<Record<string, unknown>>;
  }) => Promise<void>;
}

const deepestInput = 32;

/** Whether a text that cannot be stored, or a nest that is too deep, hides anywhere in an input. */
function unstorable(value: unknown, depth = 0): 'storable' | 'too_deep' | null {
  if (typeof value === 'string') return value.includes('\u0000') || !value.isWellFormed() ? 'storable' : null;
  if (value === null || typeof value !== 'object') return null;
  if (depth > deepestInput) return 'too_deep';
  for (const [key, inner] of Object.entries(value)) {
    const found = unstorable(key, depth + 1) ?? unstorable(inner, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

function toldFault(fault: Fault, language: Language): FieldFault {
  return 'message' in fault ? fault : { path: fault.path, message: fieldReasonText(fault.reason, language) };
}

function errorOf(refusal: Refusal, language: Language): ORPCError<string, unknown> {
  return new ORPCError(refusal.code, {
    status: refusals[refusal.code],
    message: refusalText(refusal.code, refusal.detail, language),
    data: refusal.fields.length > 0 ? { fields: refusal.fields.map((fault) => toldFault(fault, language)) } : {},
  });
}

/** The contract's schemas are zod's, so what they find is zod's too. */
function isZodIssue(issue: object): issue is z.core.$ZodIssue {
  return 'code' in issue && 'path' in issue;
}

/** Whether an error was already put into words by answerTo. */
export function isTold(error: unknown): error is Error {
  return error instanceof ORPCError && (error.code === 'internal' || error.code in refusals);
}

/** Any error as a client may see it: a refusal with its sentence, or a reference number for a bug, which is logged whole. */
export function answerTo(error: unknown, caller: Caller, request: string, log: Log): ORPCError<string, unknown> {
  const { language } = caller;
  if (error instanceof Refusal) return errorOf(error, language);
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) {
    return errorOf(
      new Refusal('bad_input', {}, fieldFaults(error.cause.issues.filter(isZodIssue), error.cause.data, language)),
      language,
    );
  }
  if (isDiskFull(error)) {
    log.error({ request, error: String(error) }, 'the disk of the database is full');
    return errorOf(new Refusal('storage_full'), language);
  }
  const reference = randomBytes(5).toString('hex');
  log.error(
    { reference, request, error, cause: error instanceof Error ? error.cause : undefined },
    'a request failed inside',
  );
  return new ORPCError('internal', {
    status: 500,
    message: internalFaultText(reference, language),
    data: { reference },
  });
}

/** SQLSTATE 53100 of PostgreSQL, here or behind the error that was made of it. */
function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === '53100') || (error.cause !== error && isDiskFull(error.cause));
}

function doerOf(caller: Caller): Doer {
  return caller.actor === null
    ? { kind: 'outside', id: null, name: caller.address }
    : { kind: 'person', id: caller.actor.id, name: caller.actor.name };
}

function subjectOf(input: unknown): string | null {
  if (input === null || typeof input !== 'object') return null;
  const value: unknown = Reflect.get(input, 'id') ?? Reflect.get(input, 'hostId') ?? Reflect.get(input, 'ticketId');
  return typeof value === 'string' ? value : null;
}

/** Guards one request: permission before anything is read, then storable input, then the act with its audit line. */
export async function guarded(
  {
    caller,
    unreadable,
    meta,
    request,
    input,
    next,
  }: {
    caller: Caller;
    unreadable: boolean;
    meta: RequestMeta;
    request: string;
    input: unknown;
    next: () => Promise<unknown>;
  },
  { log, audit }: GuardParts,
): Promise<unknown> {
  const who = doerOf(caller);
  try {
    if (!mayDo(caller.actor?.role ?? null, meta.permission)) {
      throw caller.actor === null
        ? new Refusal('signed_out')
        : new Refusal('forbidden', { permission: meta.permission });
    }
    if (unreadable) throw new Refusal('not_json');
    const fault = unstorable(input);
    if (fault !== null) throw new Refusal('bad_input', {}, [{ path: '', reason: fault }]);
    if (!meta.changes) return await next();
    const asked = {
      draft: { who, request, outcome: 'done', subject: subjectOf(input), detail: { input: withoutSecrets(input) } },
      written: false,
    };
    const answer = await auditOfRequest.run(asked, next);
    if (!asked.written) await audit(asked.draft);
    return answer;
  } catch (error) {
    if (
      error instanceof Refusal &&
      (error.code === 'forbidden' || error.code === 'wrong_password' || error.code === 'too_many_attempts')
    ) {
      await audit({ who, request, outcome: `refused: ${error.code}`, subject: null, detail: {} });
    }
    throw answerTo(error, caller, request, log);
  }
}
