import { check, type Proposal } from '#contract/watch.ts';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { schemaOf } from '../schema-node.ts';
import { listText } from '../show-answer.ts';
import { oneLine } from '../table.ts';
import { addKindCommand } from './watch-kind.ts';

async function proposalsFor(what: string, { client, terminal, texts, signal }: Context): Promise<readonly Proposal[]> {
  const found: Proposal[] = [];
  for await (const step of await client.watch.look({ what }, { signal })) {
    if (step.step === 'proposal') found.push(step.proposal);
    else if (step.step === 'looking' && terminal.isTerminal)
      terminal.tell(`\r${texts.add.looking(step.done, step.of)}`);
  }
  if (terminal.isTerminal) terminal.tell('\n');
  return found;
}

/** Look, show, agree, start: the screen's "add by address" at a terminal. */
async function add(what: string, isAgreed: boolean, context: Context): Promise<void> {
  const { client, terminal, texts, signal, asJson } = context;
  const wanted = (await proposalsFor(what, context)).filter((proposal) => proposal.wanted);
  if (wanted.length === 0) {
    terminal.tell(`${texts.add.nothing}\n`);
    return;
  }
  const lines = wanted.map((proposal) => `  ${oneLine(proposal.name)} (${proposal.kind}): ${oneLine(proposal.why)}\n`);
  terminal.tell(`${texts.add.proposed}\n${lines.join('')}`);
  const answer = isAgreed ? '' : (await terminal.ask(texts.add.ask)).trim().toLowerCase();
  if (texts.add.noWords.includes(answer)) {
    terminal.tell(`${texts.add.notStarted}\n`);
    return;
  }
  const started = await client.watch.start({ proposals: [...wanted] }, { signal });
  if (asJson) terminal.write(`${JSON.stringify(started, undefined, 2)}\n`);
  else terminal.write(listText('watch.start.checks', started.checks, schemaOf(check, 'output'), context));
  terminal.tell(`${texts.add.started(started.checks.length, started.hostsAdded)}\n`);
}

export function addWatchCommands(module: Command, context: Context): void {
  const texts = context.texts.add;
  const command = module
    .command('add')
    .description(texts.about)
    .argument('<what>', texts.what)
    .option('--yes', texts.yes);
  command.action(async (what: string) => add(what, command.getOptionValue('yes') === true, context));
  addKindCommand(module, context);
}
