/** One process of a host. */
export interface ProcessRow {
  readonly pid: number;
  readonly user: string;
  /** Processor time used since the start, in seconds. */
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
  readonly ageSeconds: number;
  /** The name of the program, at most 15 characters long. */
  readonly name: string;
  readonly state: string;
  /** With its arguments. */
  readonly command: string;
}

/** Asked of ps, which procps and busybox know alike but for the last columns; times in seconds. */
export const psCommand =
  'LC_ALL=C ps -A -ww -o pid=,ppid=,user:32=,cputimes=,rss=,etimes=,stat=,comm= -o args= 2>/dev/null';

/** The processes of the output of {@link psCommand}, those of the question itself left out; undefined when it is none. */
export function parsePs(text: string): ProcessRow[] | undefined {
  const rows: (ProcessRow & { parent: number })[] = [];
  for (const line of text.split('\n')) {
    const found = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+(.*)$/u.exec(line);
    if (found === null) continue;
    const [, pid, parent, user = '', cpu, rss, age, state = '', name = '', command = ''] = found;
    rows.push({
      pid: Number(pid),
      parent: Number(parent),
      user,
      cpuSeconds: Number(cpu),
      memoryBytes: Number(rss) * 1024,
      ageSeconds: Number(age),
      state,
      name,
      command,
    });
  }
  if (rows.length === 0) return undefined;
  const own = ownPids(rows);
  return rows.filter(({ pid }) => !own.has(pid));
}

/** The question itself and the shells it was asked through: their command lines hold the pattern that is looked for. */
function ownPids(rows: readonly (ProcessRow & { parent: number })[]): Set<number> {
  const own = new Set<number>();
  const question = rows.find(({ name, command }) => name === 'ps' && command.includes('cputimes='));
  if (question === undefined) return own;
  own.add(question.pid);
  let at = rows.find(({ pid }) => pid === question.parent);
  while (at !== undefined && /^(?:sh|dash|bash|ash|busybox|sudo)$/u.test(at.name) && at.command.includes('cputimes=')) {
    own.add(at.pid);
    const above: number = at.parent;
    at = rows.find(({ pid }) => pid === above);
  }
  return own;
}
