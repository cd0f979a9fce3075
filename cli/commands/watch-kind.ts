import type { Command } from 'commander';
import { z } from 'zod';
import { showWhen, type ShowWhen } from '#contract/show-when.ts';
import type { Context } from '../context.ts';
import { oneLine } from '../table.ts';
import { UsageFault } from '../usage-fault.ts';

const form = z.object({
  properties: z
    .record(
      z.string(),
      z.object({
        title: z.string().default(''),
        description: z.string().default(''),
        default: z.unknown(),
        oneOf: z.array(z.object({ const: z.string(), title: z.string().default('') })).default([]),
        showWhen: showWhen.optional(),
      }),
    )
    .default({}),
});
type Property = z.infer<typeof form>['properties'][string];

/** When a setting is of use, in words. */
function conditionText(when: ShowWhen, { texts }: Context): string {
  const parts = Object.entries(when).map(([name, wanted]) =>
    wanted === 'filled'
      ? texts.kind.filled(name)
      : texts.kind.oneOf(
          name,
          wanted.map((each) => JSON.stringify(each)),
        ),
  );
  return texts.kind.onlyWhen(parts);
}

function settingText(name: string, property: Property, context: Context): string {
  const { texts } = context;
  const choices = property.oneOf.map((each) => `    ${each.const}: ${oneLine(each.title)}\n`).join('');
  const usual = property.default === undefined ? '' : ` (${JSON.stringify(property.default)})`;
  const condition = property.showWhen === undefined ? '' : `    ${conditionText(property.showWhen, context)}\n`;
  const help = property.description === '' ? '' : `    ${oneLine(property.description)}\n`;
  return `  ${name}${usual}${texts.kind.colon}${oneLine(property.title)}\n${help}${choices}${condition}`;
}

/** What a check of one kind can be told: each setting with its default, its choices, and when it counts. */
async function show(name: string, context: Context): Promise<void> {
  const { client, terminal, texts, signal, asJson } = context;
  const { items } = await client.watch.kinds({}, { signal });
  const kind = items.find((each) => each.name === name);
  if (kind === undefined)
    throw new UsageFault(
      texts.kind.unknown(
        name,
        items.map((each) => each.name),
      ),
    );
  if (asJson) {
    terminal.write(`${JSON.stringify(kind, undefined, 2)}\n`);
    return;
  }
  const { properties } = form.parse(kind.settingsSchema);
  const settings = Object.entries(properties).map(([field, property]) => settingText(field, property, context));
  terminal.write(`${oneLine(kind.title)}${texts.kind.colon}${oneLine(kind.summary)}\n\n${settings.join('')}`);
}

export function addKindCommand(module: Command, context: Context): void {
  const { about, name } = context.texts.kind;
  module
    .command('kind')
    .description(about)
    .argument('<kind>', name)
    .action(async (kind: string) => show(kind, context));
}
