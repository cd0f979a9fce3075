import { setTimeout as sleep } from 'node:timers/promises';
import { runState, type Run } from '#contract/upkeep.ts';
import type { Command } from 'commander';
import { valueLabel } from '../cell.ts';
import type { Context } from '../context.ts';
import { tame } from '../table.ts';
import { patiently } from '../unreachable.ts';

const pauseMs = 500;
const ends: ReadonlySet<string> = new Set(['refused', 'succeeded', 'failed', 'stopped', 'lost']);

/** How far each step's output was read, and whether that was all of it. */
type Read = Map<string, { readonly next: number; readonly isWhole: boolean }>;

/** Writes what is new of each step's output. */
async function showOutput(run: Run, read: Read, { client, terminal, texts, signal }: Context): Promise<void> {
  for (const { id: stepId, state, position, definition } of run.steps) {
    if (state === 'pending' || state === 'skipped') continue;
    if (!read.has(stepId)) terminal.tell(`${texts.follow.step(position, definition.title)}\n`);
    while (read.get(stepId)?.isWhole !== true) {
      const from = read.get(stepId)?.next ?? 0;
      const part = await patiently(() => client.upkeep.runs.output({ id: run.id, stepId, from }, { signal }), signal);
      terminal.write(tame(part.text));
      read.set(stepId, { next: part.next, isWhole: part.ended && part.next === from });
      if (part.next === from) break;
    }
  }
}

/** Follows a run to its end. It asks again and again rather than listen, so that a restart of Vigie does not end it. */
async function follow(id: string, context: Context): Promise<void> {
  const { client, terminal, texts, signal, language } = context;
  const read: Read = new Map();
  let said = '';
  for (;;) {
    const run = await patiently(() => client.upkeep.runs.get({ id }, { signal }), signal);
    await showOutput(run, read, context);
    const line = texts.follow.state(valueLabel(run.state, language), run.note);
    if (line !== said) terminal.tell(`${line}\n`);
    said = line;
    if (ends.has(run.state)) {
      process.exitCode = run.state === runState.enum.succeeded ? 0 : 1;
      return;
    }
    await sleep(pauseMs, undefined, { signal });
  }
}

export function addUpkeepCommands(module: Command, context: Context): void {
  const texts = context.texts.follow;
  module
    .command('follow')
    .description(texts.about)
    .argument('<run>', texts.run)
    .action(async (run: string) => follow(run, context));
}
