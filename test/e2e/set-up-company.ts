import type { Page } from 'playwright-core';
import type { Client } from '#contract/client.ts';
import { clientOf, pauseLocalCheck } from '../company.ts';
import { fill, password, people, verb, type Walk } from './walkers.ts';

/** The first visit: the one-time link makes Alice the administrator, and she sees the first screen. */
export async function welcomeAlice({ vigie, words, alice }: Walk): Promise<void> {
  const { welcome } = words.shell;
  await alice.goto(vigie.welcomePath() ?? '/');
  await fill(alice, welcome.name, people.alice.name);
  await fill(alice, welcome.mail, people.alice.mail);
  await alice.getByLabel(welcome.password, { exact: true }).fill(password);
  await verb(alice, welcome.submit).click();
  await alice.getByRole('heading', { level: 1, name: words.now.title }).waitFor();
}

/** Alice invites Bob, who comes in by his link in a window of his own. */
export async function inviteBob({ words, alice, bob }: Walk): Promise<void> {
  const { invite } = words.people;
  await alice.goto('/people/persons/new');
  await fill(alice, invite.name, people.bob.name);
  await fill(alice, invite.mail, people.bob.mail);
  await verb(alice, invite.submit).click();
  const link = await alice.getByLabel(invite.link).innerText();
  await bob.goto(new URL(link).pathname + new URL(link).search);
  await bob.getByLabel(words.shell.welcome.password, { exact: true }).fill(password);
  await verb(bob, words.shell.invitation.submit).click();
  await bob.getByRole('heading', { level: 1, name: words.now.title }).waitFor();
}

/** Types an address, waits for what is proposed there, and starts it with one keystroke. */
export async function addByAddress({ words }: Walk, page: Page, address: string): Promise<void> {
  const { addPage } = words.watch;
  await page.goto('/watch/add');
  await fill(page, addPage.what, address);
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { checked: true }).first().waitFor();
  await verb(page, addPage.look).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.waitForURL((url) => url.pathname === '/watch');
}

/** Puts the lab's key into the vault, asks the host for its keys, pins them and tries to sign in. */
export async function giveAccess({ words, lab, vigie, alice }: Walk, host: keyof Walk['lab']['hosts']): Promise<void> {
  const { credentials, access } = words.upkeep;
  const name = `vigie@${host}`;
  await alice.goto('/upkeep/credentials/new');
  await alice.getByRole('radio', { name: credentials.kindHelp.key }).check();
  await fill(alice, credentials.name, name);
  await fill(alice, credentials.user, 'vigie');
  await fill(alice, credentials.privateKey, lab.sshKey.privateText);
  await verb(alice, credentials.create).click();
  await alice.waitForURL((url) => !url.pathname.endsWith('/new'));
  await alice.goto(`/upkeep/access/hosts/${await hostIdOf(vigie, lab.hosts[host].address)}`);
  await alice
    .getByRole('combobox', { name: access.credential, exact: true })
    .selectOption({ label: `${name} (vigie)` });
  await verb(alice, access.scan).click();
  await alice.getByRole('checkbox', { name: access.pin('ssh-ed25519') }).check();
  await verb(alice, access.save).click();
  await verb(alice, access.test).click();
  await alice
    .getByRole('status')
    .filter({ hasText: access.worked('').split(',')[0] ?? '' })
    .waitFor();
}

/** Bob writes down the remedy: a command as root, then the proof. */
export async function writeRunbook({ words, bob }: Walk, command: string): Promise<void> {
  const { editor, kinds } = words.upkeep;
  await bob.goto('/upkeep/runbooks/new');
  await fill(bob, editor.name, words.typed.runbook);
  await fill(bob, editor.summary, words.typed.summary);
  await fill(bob, editor.symptoms, words.typed.symptoms);
  const first = bob.getByRole('group', { name: `${editor.step(1)} ${kinds.command}`, exact: true });
  await first.getByRole('textbox', { name: editor.title, exact: true }).fill(words.typed.command);
  await first.getByRole('textbox', { name: editor.command, exact: true }).fill(command);
  await first.getByRole('checkbox', { name: editor.sudo, exact: true }).check();
  await verb(bob, kinds.check).click();
  const proof = bob.getByRole('group', { name: `${editor.step(2)} ${kinds.check}`, exact: true });
  await proof.getByRole('textbox', { name: editor.title, exact: true }).fill(words.typed.check);
  await verb(bob, editor.create).click();
  await bob.getByRole('heading', { level: 1, name: words.typed.runbook }).waitFor();
}

/** The company as it was before: a service on the host, who uses it, and where notices go. */
export async function rememberCompany({ words, vigie, lab, language, catchers }: Walk): Promise<void> {
  const client = await signedIn(vigie);
  const hostId = await hostIdOf(vigie, lab.hosts.web1.address);
  const service = await client.estate.services.create({ name: words.typed.service, importance: 'high' });
  await client.estate.dependencies.add({
    dependent: { kind: 'service', id: service.id },
    on: { kind: 'host', id: hostId },
  });
  const { items } = await client.people.persons.list({});
  await client.estate.services.setUsers({ id: service.id, personIds: items.map(({ id }) => id) });
  await client.notify.mailServer.set({
    host: catchers.mailHost,
    port: catchers.mailPort,
    security: 'none',
    from: 'vigie@vigie.test',
  });
  await client.notify.channels.create({
    name: 'Operators',
    kind: 'mail',
    settings: { address: people.bob.mail },
    language,
  });
  await client.notify.channels.create({
    name: 'Chat room',
    kind: 'webhook',
    settings: { hookUrl: catchers.hookUrl },
    language,
  });
}

/** How busy the machine is that tests, is no matter of the walk: it is watched no more, and what it opened is closed. */
export async function forgetThisMachine({ vigie }: Walk): Promise<void> {
  const client = await signedIn(vigie);
  await pauseLocalCheck(client);
  const { items } = await client.desk.tickets.list({ open: 'true' });
  for (const { id } of items) {
    await client.desk.tickets.resolve({ id, causeText: 'A busy machine.', remedyText: 'None needed.' });
  }
}

/** Alice at the programming interface, for what was there before. */
export async function signedIn(vigie: Walk['vigie']): Promise<Client> {
  const { token } = await clientOf(vigie).people.session.start({ mail: people.alice.mail, password });
  return clientOf(vigie, token);
}

async function hostIdOf(vigie: Walk['vigie'], address: string): Promise<string> {
  const { items } = await (await signedIn(vigie)).estate.hosts.list({});
  const host = items.find((each) => each.address === address);
  if (host === undefined) throw new Error(`The estate has no host at ${address}.`);
  return host.id;
}
