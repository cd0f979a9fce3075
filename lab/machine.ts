import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { command, type CommandOptions, type CommandResult } from './command.ts';
import { makeControlGroup, pidsInControlGroup } from './control-groups.ts';
import { labControlGroup, labFolders } from './lab-folders.ts';
import { inNamespace, networkNames } from './network.ts';
import type { HostName, HostPlan } from './plans.ts';
import { childrenOf, killUntilNone, programOf } from './processes.ts';

/**
 * Keeps one host powered: systemd-nspawn ends with 133 when the host reboots itself, and with anything else when
 * it is off. The first lines move the shell into the host's own control groups, where all that follows is born; when
 * there are none the lab has been cleared meanwhile, and nothing may be born any more.
 */
const powerScript = `name=$1; root=$2; shift 2
joined=
for group in "$@"; do echo $$ > "$group/cgroup.procs" && joined=1; done 2>/dev/null
[ "$joined" ] || exit 1
while :; do
  systemd-nspawn --quiet --directory="$root" --boot --network-bridge=lab0 --hostname="$name" --machine="$name" \\
    --keep-unit --register=no --link-journal=no --resolv-conf=off --timezone=off --console=pipe
  [ $? = 133 ] || exit 0
done`;

/** Everything of the host but its control groups, and nothing of this machine's environment. */
const enterWords = [
  '--mount',
  '--uts',
  '--ipc',
  '--net',
  '--pid',
  '--root',
  '--wd',
  'env',
  '-i',
  'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'HOME=/root',
  'LANG=C.UTF-8',
  'LC_ALL=C.UTF-8',
];

/** One real Debian with systemd as its first process, on a disk that is thrown away. */
export class Machine {
  readonly #lab: string;
  readonly #name: HostName;

  constructor(lab: string, name: HostName) {
    this.#lab = lab;
    this.#name = name;
  }

  get #disk(): string {
    return join(labFolders(this.#lab).hosts, this.#name);
  }

  /** The file that takes what the host writes on its console. */
  get console(): string {
    return join(this.#disk, 'console.log');
  }

  /** Lays an empty disk over the base and writes the plan's files on it. */
  async install(base: string, plan: HostPlan, signal: AbortSignal | undefined): Promise<void> {
    const [upper, work, root] = ['upper', 'work', 'root'].map((part) => join(this.#disk, part));
    if (upper === undefined || work === undefined || root === undefined) return;
    for (const folder of [upper, work, root]) await mkdir(folder, { recursive: true });
    await command(
      ['mount', '-t', 'overlay', 'overlay', '-o', `lowerdir=${base},upperdir=${upper},workdir=${work}`, root],
      { signal },
    );
    for (const [path, file] of Object.entries(plan.files)) {
      const target = join(root, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, file.text);
      await chmod(target, file.mode ?? 0o644);
    }
    await command(['systemctl', `--root=${root}`, '--quiet', 'enable', ...plan.units], { signal });
  }

  /** Switches the host on. What was written on its disk before is still there. */
  powerOn(): void {
    const groups = makeControlGroup(labControlGroup(this.#lab, this.#name));
    const log = openSync(this.console, 'a');
    const child = spawn(
      'nsenter',
      [
        ...inNamespace(networkNames(this.#lab).main),
        'sh',
        '-c',
        powerScript,
        'power',
        this.#name,
        join(this.#disk, 'root'),
        ...groups,
      ],
      { stdio: ['ignore', log, log], detached: true },
    );
    child.unref();
    closeSync(log);
  }

  /** Takes the power away in the middle of everything. Its disk keeps what was written. */
  async powerCut(): Promise<void> {
    await killUntilNone(() => pidsInControlGroup(labControlGroup(this.#lab, this.#name)), 10_000);
  }

  get isOn(): boolean {
    return this.initPid() !== undefined;
  }

  /** The host's first process as this machine numbers it; undefined while the host is off or between two boots. */
  initPid(): number | undefined {
    for (const pid of pidsInControlGroup(labControlGroup(this.#lab, this.#name))) {
      if (programOf(pid) !== 'systemd-nspawn') continue;
      // Before it becomes systemd it still sees this machine's own files: never enter it then.
      const init = childrenOf(pid).find((child) => programOf(child) === 'systemd');
      if (init !== undefined) return init;
    }
    return undefined;
  }

  /**
   * Runs a program inside as root, without the network.
   *
   * @throws Error when the host is off, and as {@link command} does.
   */
  async exec(argv: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    const init = this.initPid();
    if (init === undefined) throw new Error(`${this.#name} is off.`);
    return command(['nsenter', `--target=${init}`, ...enterWords, ...argv], options);
  }

  /**
   * Waits until systemd inside says that the boot is over.
   *
   * @throws Error with the state and the failed units when that is not so after `withinMs`.
   */
  async untilRunning(signal: AbortSignal | undefined, withinMs = 60_000): Promise<void> {
    const deadline = performance.now() + withinMs;
    let state = 'off';
    while (performance.now() < deadline) {
      signal?.throwIfAborted();
      state = await this.#bootState();
      if (state === 'running') return;
      await sleep(state === 'degraded' ? 500 : 100, undefined, { signal });
    }
    const failed = this.isOn
      ? await this.exec(['systemctl', '--failed', '--no-legend', '--plain'], { anyCode: true })
      : undefined;
    throw new Error(`${this.#name} did not boot: ${state}. ${failed?.stdout ?? ''}`);
  }

  async #bootState(): Promise<string> {
    try {
      // Once systemd can be asked it tells by itself: a dozen hosts asked ten times a second would boot no faster.
      const said = await this.exec(['systemctl', 'is-system-running', '--wait'], {
        anyCode: true,
        timeoutMs: 10_000,
      });
      return said.stdout.trim() || 'booting';
    } catch {
      return 'booting';
    }
  }
}
