import { hostname } from 'node:os';
import { createClient } from '#contract/client.ts';
import { requestList } from '#contract/request-list.ts';
import type { Command } from 'commander';
import { callRequest } from '../call-request.ts';
import type { Context } from '../context.ts';
import { readSession, removeSession, writeSession } from '../session-file.ts';
import { showAnswer } from '../show-answer.ts';

/** Signs in once and keeps an API token of its own, so that the password stands nowhere and the token can be withdrawn. */
async function login(context: Context, mailGiven: string | undefined, fromInput: boolean): Promise<void> {
  const { terminal, texts, url, language, client } = context;
  const mail = mailGiven ?? (await terminal.ask(texts.login.askMail)).trim();
  const password = fromInput
    ? (await terminal.readInput()).replace(/\r?\n$/u, '')
    : await terminal.ask(texts.login.askPassword, true);
  const session = await client.people.session.start({ mail, password });
  const signedIn = createClient({ url, token: () => session.token, language: () => language });
  const token = await signedIn.people.tokens.create({ name: texts.login.tokenName(hostname()).slice(0, 100) });
  await signedIn.people.session.end({});
  await writeSession(context.configFolder, {
    url,
    token: token.token,
    tokenId: token.id,
    mail: session.person.mail,
    language: session.person.language,
  });
  terminal.tell(`${texts.login.done(session.person.name, url)}\n`);
}

async function logout(context: Context): Promise<void> {
  const session = await readSession(context.configFolder);
  if (session === undefined) {
    context.terminal.tell(`${context.texts.signedOut}\n`);
    return;
  }
  // The file goes in any case: a token that the server no longer knows is worth nothing.
  try {
    await context.client.people.tokens.remove({ id: session.tokenId });
  } finally {
    await removeSession(context.configFolder);
  }
  context.terminal.tell(`${context.texts.login.loggedOut}\n`);
}

async function whoami(context: Context): Promise<void> {
  const entry = requestList.find(({ name }) => name === 'people.session.get');
  if (entry !== undefined)
    showAnswer(entry, await callRequest(context.client, entry.name, {}, context.signal), context);
}

export function addLoginCommands(program: Command, context: Context): void {
  const texts = context.texts.login;
  const command = program
    .command('login')
    .description(texts.about)
    .argument('[mail]', texts.mail)
    .option('--password-stdin', texts.passwordInput);
  command.action(async (mail: string | undefined) => {
    await login(context, mail, command.getOptionValue('passwordStdin') === true);
  });
  program
    .command('logout')
    .description(texts.logoutAbout)
    .action(async () => logout(context));
  program
    .command('whoami')
    .description(texts.whoamiAbout)
    .action(async () => whoami(context));
}
