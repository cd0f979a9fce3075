import { ticket } from '#contract/desk.ts';
import { run } from '#contract/upkeep.ts';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { schemaOf } from '../schema-node.ts';
import { listText } from '../show-answer.ts';

/** What needs a hand: the open incidents, and the runs that wait for this person. */
async function now(context: Context): Promise<void> {
  const { client, terminal, texts, asJson, signal } = context;
  const [counts, incidents, waiting] = await Promise.all([
    client.watch.checks.counts({}, { signal }),
    client.desk.tickets.list({ open: 'true', limit: 500 }, { signal }),
    client.upkeep.runs.list({ waitingForMe: 'true', limit: 500 }, { signal }),
  ]);
  if (asJson) {
    terminal.write(`${JSON.stringify({ counts, incidents: incidents.items, waiting: waiting.items }, undefined, 2)}\n`);
    return;
  }
  terminal.write(`${texts.now.counts(counts.up, counts.degraded, counts.down, counts.unreachable)}\n`);
  if (incidents.items.length + waiting.items.length === 0) {
    terminal.write(`${texts.now.allWell}\n`);
    return;
  }
  if (incidents.items.length > 0) {
    const table = listText('desk.tickets.list', incidents.items, schemaOf(ticket, 'output'), context);
    terminal.write(`\n${texts.now.incidents}\n${table}`);
  }
  if (waiting.items.length > 0) {
    const table = listText('upkeep.runs.list', waiting.items, schemaOf(run, 'output'), context);
    terminal.write(`\n${texts.now.waiting}\n${table}`);
  }
}

export function addNowCommand(program: Command, context: Context): void {
  program
    .command('now')
    .description(context.texts.now.about)
    .action(async () => now(context));
}
