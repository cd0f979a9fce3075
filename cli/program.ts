import { requestList } from '#contract/request-list.ts';
import { Command } from 'commander';
import { addAnalyseCommands } from './commands/analyse.ts';
import { addLoginCommands } from './commands/login.ts';
import { addNowCommand } from './commands/now.ts';
import { addUpkeepCommands } from './commands/upkeep.ts';
import { addWatchCommands } from './commands/watch.ts';
import type { Context } from './context.ts';
import { addRequestCommand } from './request-command.ts';
import { kebab } from './request-fields.ts';

const ownCommands: Readonly<Record<string, typeof addWatchCommands>> = {
  watch: addWatchCommands,
  upkeep: addUpkeepCommands,
};

/** The titles and words of commander's help, in the reader's language; sub-commands inherit them. */
function speak(program: Command, { texts, terminal }: Context): void {
  const { options, helpTitles } = texts;
  const titles: Readonly<Record<string, string>> = {
    'Usage:': helpTitles.usage,
    'Options:': helpTitles.options,
    'Global Options:': helpTitles.globalOptions,
    'Commands:': helpTitles.commands,
    'Arguments:': helpTitles.arguments,
  };
  program
    .configureHelp({ styleTitle: (title) => titles[title] ?? title, showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => terminal.write(text),
      writeErr: (text) => terminal.tell(text),
      outputError: () => undefined,
    })
    .helpOption('-h, --help', options.help)
    .helpCommand('help [command]', options.helpCommand)
    .exitOverride();
}

/** The command that holds those named below it: `desk levels policies` for `desk.levels.policies.list`. */
function groupOf(module: Command, path: readonly string[], groups: Map<string, Command>): Command {
  const [last, ...above] = path.toReversed();
  if (last === undefined) return module;
  const key = path.join('.');
  const known = groups.get(key);
  if (known !== undefined) return known;
  const made = groupOf(module, above.toReversed(), groups).command(kebab(last));
  groups.set(key, made);
  return made;
}

/** Only the wanted module's requests become commands: reading a hundred schemas for one would be felt. */
function addModule(program: Command, name: string, isWanted: boolean, context: Context): void {
  const descriptions: Readonly<Record<string, string>> = context.texts.modules;
  const module = program.command(name).description(descriptions[name] ?? '');
  if (!isWanted) return;
  const groups = new Map<string, Command>();
  for (const entry of requestList) {
    const [own, ...path] = entry.name.split('.');
    if (own === name) addRequestCommand(groupOf(module, path.slice(0, -1), groups), entry, context);
  }
  // A group has no sentence of its own: what stands below it says what it is for.
  for (const group of groups.values()) group.description(group.commands.map((each) => each.name()).join(', '));
  ownCommands[name]?.(module, context);
}

/**
 * The whole command line.
 * @param words what was typed; they say which module's commands are needed.
 */
export function createProgram(words: readonly string[], context: Context): Command {
  const { texts } = context;
  const program = new Command('vigie').description(texts.about);
  speak(program, context);
  program
    .option('--json', texts.options.json)
    .option('--lang <en|fr>', texts.options.lang)
    .option('--url <url>', texts.options.url);
  addNowCommand(program, context);
  for (const name of new Set(requestList.map((entry) => entry.name.split('.')[0] ?? ''))) {
    addModule(program, name, words.includes(name), context);
  }
  addAnalyseCommands(program, context);
  addLoginCommands(program, context);
  return program;
}
