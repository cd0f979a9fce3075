import type { RouteObject } from 'react-router';
import { ready } from '#web/shell/query-client.ts';
import { paths } from '#web/paths.ts';
import { mailboxesQuery, mailQuery } from './mail-queries.ts';
import { useMailTexts } from './mail-texts.ts';

function MailsCrumb() {
  return useMailTexts().sections.mails;
}
function MailboxesCrumb() {
  return useMailTexts().sections.mailboxes;
}
function RulesCrumb() {
  return useMailTexts().sections.rules;
}
function ListenerCrumb() {
  return useMailTexts().sections.listener;
}

const mailboxPage = async () => ({ Component: (await import('./mailbox-page.tsx')).MailboxPage });
const mailboxLoader = async () => {
  await ready(mailboxesQuery);
  return null;
};

/** The screens of the desk's mail. */
export const mailRoutes: readonly RouteObject[] = [
  {
    path: 'mails',
    handle: { Crumb: MailsCrumb, to: () => paths.mails() },
    children: [
      {
        index: true,
        lazy: async () => {
          const page = await import('./mail-list-page.tsx');
          return { Component: page.MailListPage, loader: page.loader };
        },
      },
      {
        path: ':id',
        loader: async ({ params }) => {
          await ready(mailQuery(params['id'] ?? ''));
          return null;
        },
        lazy: async () => ({ Component: (await import('./mail-record-page.tsx')).MailRecordPage }),
      },
    ],
  },
  {
    path: 'mailboxes',
    handle: { Crumb: MailboxesCrumb, to: () => paths.mailboxes() },
    children: [
      {
        index: true,
        lazy: async () => {
          const page = await import('./mailbox-list-page.tsx');
          return { Component: page.MailboxListPage, loader: page.loader };
        },
      },
      { path: 'new', loader: mailboxLoader, lazy: mailboxPage },
      { path: ':id', loader: mailboxLoader, lazy: mailboxPage },
    ],
  },
  {
    path: 'mail-rules',
    handle: { Crumb: RulesCrumb },
    lazy: async () => {
      const page = await import('./mail-rules-page.tsx');
      return { Component: page.MailRulesPage, loader: page.loader };
    },
  },
  {
    path: 'mail-server',
    handle: { Crumb: ListenerCrumb },
    lazy: async () => {
      const page = await import('./mail-listener-page.tsx');
      return { Component: page.MailListenerPage, loader: page.loader };
    },
  },
];
