import { oc, type HTTPPath } from '@orpc/contract';
import type { Permission } from './permission.ts';
import { refusals, type RefusalCode } from './refusal.ts';

/** What every request says about itself beside its words. */
export interface RequestMeta {
  readonly permission: Permission;
  /** The refusals that are its own; `bad_input`, `signed_out` and `forbidden` belong to every request. */
  readonly refusals: readonly RefusalCode[];
  /** True when it changes something: such a request is written into the audit trail. */
  readonly changes: boolean;
}

interface RequestSpec {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: HTTPPath;
  readonly permission: Permission;
  /** One English line for the API's page. */
  readonly summary: string;
  readonly refusals?: readonly RefusalCode[];
  /** A POST that only looks (a search, a trial) says `false`. */
  readonly changes?: boolean;
}

/**
 * Begins a request of the contract: path, method, permission and refusals are its fields, so that none can lack them.
 * `.input(schema)` and `.output(schema)` follow. A path's `{name}` and the body (or the query of a GET) form one input.
 */
export function request(spec: RequestSpec) {
  const codes: readonly RefusalCode[] = spec.refusals ?? [];
  const meta: RequestMeta = {
    permission: spec.permission,
    refusals: codes,
    changes: spec.changes ?? spec.method !== 'GET',
  };
  const module = spec.path.split('/')[1] ?? 'house';
  const errors = Object.fromEntries(codes.map((code) => [code, { status: refusals[code] }]));
  return oc
    .$meta(meta)
    .route({ method: spec.method, path: spec.path, summary: spec.summary, tags: [module] })
    .errors(errors);
}
