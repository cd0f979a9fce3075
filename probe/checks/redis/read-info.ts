/** The fields of INFO that a check looks at, by name. */
export type Info = ReadonlyMap<string, string>;

const mostLines = 2_000;

/** Reads the answer to INFO: lines of `name:value` between headings. */
export function readInfo(answer: unknown): Info | undefined {
  if (typeof answer !== 'string') return undefined;
  const info = new Map<string, string>();
  for (const line of answer.split('\n', mostLines)) {
    const [, name, value] = /^([\w.-]{1,100}):(.*?)\r?$/u.exec(line) ?? [];
    if (name !== undefined && value !== undefined) info.set(name, value);
  }
  return info.has('redis_version') || info.has('valkey_version') || info.has('server_name') ? info : undefined;
}

/** A number of INFO; undefined when it is not there or not a number. */
export function infoNumber(info: Info, name: string): number | undefined {
  const text = info.get(name);
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** The keys of all databases: `db0:keys=3,expires=0,…`. */
export function keysOf(info: Info): number {
  let keys = 0;
  for (const [name, value] of info) {
    if (/^db\d+$/u.test(name)) keys += Number(/keys=(\d+)/u.exec(value)?.[1] ?? 0);
  }
  return keys;
}

/** One replica as its primary sees it. */
export interface Replica {
  readonly name: string;
  readonly online: boolean;
  readonly lagSeconds: number;
  readonly lagBytes: number;
}

/** The replicas of a primary: `slave0:ip=…,port=…,state=online,offset=…,lag=…`. At most fifty. */
export function replicasOf(info: Info): Replica[] {
  const offset = infoNumber(info, 'master_repl_offset') ?? 0;
  return [...info]
    .filter(([name]) => /^slave\d+$/u.test(name))
    .slice(0, 50)
    .map(([, value]) => {
      const facts = new Map(value.split(',').map((each) => [each.split('=')[0] ?? '', each.split('=')[1] ?? '']));
      return {
        name: `${facts.get('ip') ?? '?'}:${facts.get('port') ?? '?'}`,
        online: facts.get('state') === 'online',
        lagSeconds: Number(facts.get('lag') ?? 0) || 0,
        lagBytes: Math.max(0, offset - (Number(facts.get('offset') ?? 0) || 0)),
      };
    });
}
