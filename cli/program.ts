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

/** Only the wanted module's requests become commands: reading a hundred schemas for one would be felt. */
function addModule(program: Command, name: string, isWanted: boolean, context: Context): void {
  const descriptions: Readonly<Record<string, string>> = context.texts.modules;
  const module = program.command(name).description(descriptions[name] ?? '');
  if (!isWanted) return;
  const groups = new Map<string, Command>();
  for (const entry of requestList) {
    const [own, ...path] = entry.name.split('.');
    const [group = '', verb] = path;
    if (own !== name) continue;
    if (verb === undefined) addRequestCommand(module, entry, context);
    else {
      const parent = groups.get(group) ?? module.command(kebab(group));
      groups.set(group, parent);
      addRequestCommand(parent, entry, context);
      // A group has no sentence of its own: its verbs say what it is for.
      parent.description([parent.description(), kebab(verb)].filter((word) => word !== '').join(', '));
    }
  }
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
