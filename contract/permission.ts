import { z } from 'zod';

/**
 * What a request may ask of who sends it. `public` asks nothing, `session` only that somebody is signed in.
 * `upkeep.trust`: let something run on hosts from now on without a second person's agreement (a runbook marked safe, a
 * check that runs a command). `people.cover`: take and hand over shifts; `notify.own`: keep one's own channels.
 */
export const permissions = [
  'public',
  'session',
  'people.read',
  'people.write',
  'people.cover',
  'audit.read',
  'estate.read',
  'estate.write',
  'upkeep.read',
  'upkeep.write',
  'upkeep.run',
  'upkeep.approve',
  'upkeep.secrets',
  'upkeep.trust',
  'watch.read',
  'watch.write',
  'watch.act',
  'watch.settings',
  'desk.read',
  'desk.write',
  'desk.settings',
  'logbook.read',
  'logbook.write',
  'notify.read',
  'notify.write',
  'notify.own',
  'advice.read',
  'advice.write',
  'advice.act',
  'reports.read',
] as const;
export type Permission = (typeof permissions)[number];

/** The roles of this release. The auditor reads all and changes nothing; the requester is any employee. */
export const role = z.enum(['administrator', 'operator', 'auditor', 'requester']);
export type Role = z.infer<typeof role>;

const reads: readonly Permission[] = permissions.filter((permission) => permission.endsWith('.read'));
const operates: readonly Permission[] = [
  ...reads.filter((permission) => permission !== 'audit.read'),
  'estate.write',
  'upkeep.write',
  'upkeep.run',
  'upkeep.approve',
  'watch.write',
  'watch.act',
  'desk.write',
  'logbook.write',
  'people.cover',
  'notify.own',
  'advice.write',
  'advice.act',
];

/** What each role may do, in one table; the server enforces it and the screens explain it. */
export const permissionsOfRole: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  administrator: new Set(permissions),
  operator: new Set(['public', 'session', ...operates]),
  auditor: new Set(['public', 'session', ...reads]),
  requester: new Set(['public', 'session']),
};

/** True when somebody of that role (null: nobody is signed in) may send a request that asks for this permission. */
export function mayDo(who: Role | null, permission: Permission): boolean {
  return who === null ? permission === 'public' : permissionsOfRole[who].has(permission);
}
