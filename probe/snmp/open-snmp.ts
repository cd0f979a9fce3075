import type { Session, User, Varbind } from 'net-snmp';
import type { CheckContext } from '../check-kind.ts';
import { resolveAllowed } from '../open-connection.ts';
import { AgentExchange } from './agent-exchange.ts';
import type { SnmpAccess } from './snmp-access.ts';
import { isStatus, SnmpFailure } from './snmp-failure.ts';
import { snmpTypes, type SnmpValue } from './snmp-value.ts';
import { tuneLibrary } from './tune-library.ts';

/** A value with the object that it is of. */
export interface SnmpEntry extends SnmpValue {
  readonly oid: string;
}

/** A conversation with an agent. Every call throws {@link SnmpFailure} when it fails; dispose of it when done. */
export interface SnmpSession extends Disposable {
  /** Whether the agent knows GETBULK and 64-bit counters. */
  readonly modern: boolean;
  /** The values of some objects, in their order; undefined for what the agent does not have. */
  get(oids: readonly string[]): Promise<(SnmpValue | undefined)[]>;
  /** What follows each object, up to `repetitions` entries each (one with v1); `tooBig` when the agent cannot put it into a message. */
  next(oids: readonly string[], repetitions: number): Promise<SnmpEntry[][] | 'tooBig' | 'none'>;
}

// More objects than this in one question make answers that do not fit into what old agents can send.
const oidsAtOnce = 20;
const tries = 3;

/** Opens it, for at most the time the context gives. Throws SnmpFailure and ConnectionFailure. */
export async function openSnmp(access: SnmpAccess, address: string, context: CheckContext): Promise<SnmpSession> {
  const deadlineMs = context.clock.nowMs() + context.timeoutMs;
  const [found] = await resolveAllowed(address, deadlineMs, context);
  if (found === undefined) throw new Error('no address');
  if (access.version === '3' && !isComplete(access)) throw new SnmpFailure({ code: 'passwordTooShort', data: {} });
  const snmp = await import('net-snmp');
  tuneLibrary(snmp);
  const exchange = new AgentExchange(access, found, deadlineMs, context);
  const options = {
    port: access.port,
    timeout: Math.max(100, Math.floor(context.timeoutMs / (tries + 1))),
    retries: tries - 1,
    ...(access.contextName === '' ? {} : { context: access.contextName }),
    dgramModule: { createSocket: () => exchange.socket },
  };
  const session: Session =
    access.version === '3'
      ? snmp.createV3Session(found.address, userOf(access, snmp), { ...options, version: snmp.Version3 })
      : snmp.createSession(found.address, access.community === '' ? 'public' : access.community, {
          ...options,
          version: access.version === '1' ? snmp.Version1 : snmp.Version2c,
        });
  session.on('error', exchange.malformed);
  const modern = access.version !== '1';
  return {
    modern,
    async get(oids) {
      const values: (SnmpValue | undefined)[] = [];
      for (let at = 0; at < oids.length; at += oidsAtOnce)
        values.push(...(await getSome(exchange, session, oids.slice(at, at + oidsAtOnce))));
      return values;
    },
    next: (oids, repetitions) => nextOf(exchange, session, oids, modern ? repetitions : undefined),
    [Symbol.dispose]() {
      exchange[Symbol.dispose]();
      session.close();
    },
  };
}

async function getSome(
  exchange: AgentExchange,
  session: Session,
  oids: readonly string[],
): Promise<(SnmpValue | undefined)[]> {
  try {
    const entries = await exchange.ask<Varbind[]>((done) => session.get([...oids], done));
    return oids.map((oid) => present(entries.find((entry) => entry.oid === oid)));
  } catch (error) {
    // v1 refuses the whole question for one object it does not have.
    if (!isStatus(error, 'NoSuchName')) throw error;
    if (oids.length === 1) return [undefined];
    const single: (SnmpValue | undefined)[] = [];
    for (const oid of oids) single.push(...(await getSome(exchange, session, [oid])));
    return single;
  }
}

/** GETBULK, or GETNEXT where no repetitions are given. */
async function nextOf(
  exchange: AgentExchange,
  session: Session,
  oids: readonly string[],
  repetitions: number | undefined,
): ReturnType<SnmpSession['next']> {
  try {
    if (repetitions === undefined) {
      const entries = await exchange.ask<Varbind[]>((done) => session.getNext([...oids], done));
      return oids.map((_oid, at) => entries.slice(at, at + 1).map(entryOf));
    }
    const lists = await exchange.ask<(Varbind | Varbind[])[]>((done) =>
      session.getBulk([...oids], 0, repetitions, done),
    );
    return oids.map((_oid, at) => [lists[at] ?? []].flat().map(entryOf));
  } catch (error) {
    if (isStatus(error, 'TooBig')) return 'tooBig';
    if (isStatus(error, 'NoSuchName')) return 'none';
    throw error;
  }
}

function entryOf({ oid, type, value }: Varbind): SnmpEntry {
  return { oid, type: Number(type), value };
}

function present(entry: Varbind | undefined): SnmpValue | undefined {
  if (entry === undefined) return undefined;
  const type = Number(entry.type);
  return type === snmpTypes.noSuchObject || type === snmpTypes.noSuchInstance || type === snmpTypes.endOfView
    ? undefined
    : { type, value: entry.value };
}

function isComplete({ user, securityLevel, authPassword, privPassword }: SnmpAccess): boolean {
  if (user === '') return false;
  if (securityLevel === 'noAuthNoPriv') return true;
  return authPassword.length >= 8 && (securityLevel === 'authNoPriv' || privPassword.length >= 8);
}

function userOf(access: SnmpAccess, snmp: typeof import('net-snmp')): User {
  const { user: name, securityLevel, authProtocol, authPassword, privProtocol, privPassword } = access;
  const level = snmp.SecurityLevel[securityLevel];
  const known = { name, level };
  const authenticated = { ...known, authProtocol: snmp.AuthProtocols[authProtocol], authKey: authPassword };
  if (securityLevel === 'noAuthNoPriv') return known;
  return securityLevel === 'authNoPriv'
    ? authenticated
    : { ...authenticated, privProtocol: snmp.PrivProtocols[privProtocol], privKey: privPassword };
}
