import type { Role } from '#contract/permission.ts';

const roles: Readonly<Record<Role, string>> = {
  administrator: 'administrator',
  operator: 'operator',
  auditor: 'auditor',
  requester: 'requester',
};

/** What `vigie start` says on the terminal. */
export const start = {
  stage: {
    create: 'Creating the database',
    stop_orphan: 'Recovering after a hard stop',
    start: 'Starting the database',
  },
  step: (name: string) => `Bringing the database up to date: ${name}`,
  ready: (url: string, seconds: string) => `Vigie is ready after ${seconds} s: ${url}`,
  welcome: (link: string) => `Create the first administrator with this link (it works once):\n\n    ${link}\n`,
  inventing: {
    company: 'Inventing a company: people, sites, hosts, services',
    past: 'Inventing half a year of its past',
    measurements: 'Inventing measurements',
  },
  demonstration: (accounts: readonly { readonly mail: string; readonly role: Role }[], password: string) =>
    `This is the demonstration: everything in it is invented, and nothing of it leaves this machine.\nSign in with the password ${password} as:\n\n${accounts.map(({ mail, role }) => `    ${mail}  (${roles[role]})`).join('\n')}\n`,
  stopHint: 'Press Ctrl-C to stop.',
  stopping: 'Stopping…',
  stopped: 'Stopped.',
  failed: (what: string) => `Vigie could not start. ${what}`,
  noDatabase: (why: string) =>
    `The database cannot be reached: ${why}. Check VIGIE_DATABASE_URL, the server, its user and its password.`,
  databaseLost:
    'The embedded database ended by itself. Its log is in the data folder, under postgresql/log. Start again: nothing that was acknowledged is lost.',
  unknownFault: (why: string) =>
    `This was not foreseen: ${why}. Start again with VIGIE_LOG=debug and report what it prints.`,
};
