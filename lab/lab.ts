import { clearLab, clearOrphans, knownLabs } from './clear-lab.ts';
import { faultNamed, faults, isFaultName } from './faults.ts';
import { hostNames, type HostName } from './plans.ts';
import { openLab, startLab, type Lab } from './start-lab.ts';

const usage = `A small company of real Debian hosts on this machine. As root:

  node lab/lab.ts up [web1 mail1 …]      start it, or some of its hosts (the first time builds the base system)
  node lab/lab.ts down [name]           take it down, and clear what a dead process left
  node lab/lab.ts status                what is up
  node lab/lab.ts break <thing>         break something for real; without a name: the list
  node lab/lab.ts mend <thing>          put it right again
  node lab/lab.ts exec <host> -- cmd    run a program on a host
  node lab/lab.ts run -- cmd            run a program in the lab's network
`;

/** The name of the one lab that commands are about; tests name theirs otherwise. */
const standingName = 'lab';

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function up(hosts: readonly string[]): Promise<void> {
  if ((await openLab(standingName)) !== undefined) {
    say('The lab is up already.');
    return;
  }
  const wanted = hostNames.filter((name) => hosts.length === 0 || hosts.includes(name));
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const before = performance.now();
  await startLab({
    name: standingName,
    hosts: wanted,
    standing: true,
    signal: stop.signal,
    progress: say,
  });
  say(`The lab is up after ${((performance.now() - before) / 1000).toFixed(1)} s.`);
  await status();
}

async function down(name: string): Promise<void> {
  const orphans = await clearOrphans();
  await clearLab(name);
  say(orphans.length === 0 ? 'The lab is down.' : `Down; also cleared: ${orphans.join(', ')}.`);
}

async function status(): Promise<void> {
  const labs = await knownLabs();
  if (labs.length === 0) say('No lab is up.');
  for (const name of labs) {
    const lab = await openLab(name);
    if (lab === undefined) {
      say(`${name}: belongs to a running process.`);
      continue;
    }
    for (const host of lab.hostsUp) {
      const { address, fullName } = lab.hosts[host];
      say(`${fullName}  ${address}  ${lab.machine(host).isOn ? 'on' : 'off'}`);
    }
    say(`log in: node lab/lab.ts run -- ssh -i ${lab.sshKey.path} vigie@${lab.hosts.web1.address}`);
  }
}

async function standing(): Promise<Lab> {
  const lab = await openLab(standingName);
  if (lab === undefined) throw new Error('No lab is up. Start it: node lab/lab.ts up');
  return lab;
}

async function fault(verb: 'break' | 'mend', name: string | undefined): Promise<void> {
  if (name === undefined || !isFaultName(name)) {
    for (const [known, { what }] of Object.entries(faults)) say(`${known.padEnd(24)} ${what}`);
    if (name !== undefined) throw new Error(`Nothing here is named ${name}.`);
    return;
  }
  const lab = await standing();
  await (verb === 'break' ? lab.breakThing(name) : lab.mendThing(name));
  say(verb === 'break' ? faultNamed(name).what : 'Mended.');
}

async function exec(host: string | undefined, argv: readonly string[]): Promise<void> {
  const lab = await standing();
  const known = hostNames.find((name): name is HostName => name === host);
  if (known === undefined) throw new Error(`The hosts are ${hostNames.join(', ')}.`);
  const result = await lab.exec(known, argv, { anyCode: true, timeoutMs: 600_000 });
  process.stdout.write(result.stdout);
  process.stderr.write(result.stderr);
  process.exitCode = result.code;
}

async function run(argv: readonly string[]): Promise<void> {
  const child = (await standing()).run(argv, { stdio: 'inherit' });
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

async function main(words: readonly string[]): Promise<void> {
  const cut = words.indexOf('--');
  const [verb, ...named] = cut === -1 ? words : words.slice(0, cut);
  const argv = cut === -1 ? [] : words.slice(cut + 1);
  if (verb === 'up') await up(named);
  else if (verb === 'down') await down(named[0] ?? standingName);
  else if (verb === 'status') await status();
  else if (verb === 'break' || verb === 'mend') await fault(verb, named[0]);
  else if (verb === 'exec' && argv.length > 0) await exec(named[0], argv);
  else if (verb === 'run' && argv.length > 0) await run(argv);
  else say(usage);
}

if (import.meta.main) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
