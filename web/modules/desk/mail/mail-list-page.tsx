import { useSuspenseQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type { MailRow } from '#contract/desk-mail-words.ts';
import { ready } from '#web/shell/query-client.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { paths } from '#web/paths.ts';
import { mailsQuery } from './mail-queries.ts';
import { useMailTexts } from './mail-texts.ts';
import { useDeskSections } from '../use-desk-sections.ts';
import './mail.css';

const usual = 'all';
const choices = ['all', 'aside', 'kept', 'bounce', 'flagged'] as const;
type Which = (typeof choices)[number];

export const loader = () => ready(mailsQuery(usual));

function useColumns(): readonly Column<MailRow>[] {
  const { list, kinds, states } = useMailTexts();
  const { columns } = list;
  return [
    {
      name: 'subject',
      title: columns.subject,
      value: (mail) => mail.subject || list.noSubject,
      width: 'minmax(200px, 3fr)',
    },
    { name: 'from', title: columns.from, value: (mail) => mail.from, width: 'minmax(140px, 2fr)' },
    {
      name: 'outcome',
      title: columns.outcome,
      value: (mail) => mail.outcome ?? mail.state,
      cell: (mail) => {
        const word = states[mail.state === 'done' ? (mail.outcome ?? 'kept') : mail.state];
        return (
          <span data-loud={mail.state === 'aside' || undefined} className="v-mail-outcome">
            {mail.ticket === null ? word : `${word} #${mail.ticket.number}`}
          </span>
        );
      },
      choices: Object.entries(states).map(([value, label]) => ({ value, label })),
      width: '190px',
      onPhone: true,
    },
    {
      name: 'kind',
      title: columns.kind,
      value: (mail) => mail.kind,
      cell: (mail) => (mail.kind === null ? '' : kinds[mail.kind]),
      choices: Object.entries(kinds).map(([value, label]) => ({ value, label })),
      width: '150px',
    },
    { name: 'mailbox', title: columns.mailbox, value: (mail) => mail.mailbox, width: '120px', optional: true },
    { name: 'at', title: columns.at, value: (mail) => new Date(mail.at), width: '108px' },
  ];
}

/** Every mail that came in, and what became of it. */
export function MailListPage() {
  const { list } = useMailTexts();
  const [params, setParams] = useSearchParams();
  const asked = params.get('which');
  const which: Which = choices.find((each) => each === asked) ?? usual;
  const { items, total } = useSuspenseQuery(mailsQuery(which)).data;
  const columns = useColumns();
  const sections = useDeskSections();
  const choose = (next: Which): void =>
    setParams((before) => {
      if (next === usual) before.delete('which');
      else before.set('which', next);
      return before;
    });
  return (
    <>
      <title>{list.title}</title>
      <ListPage
        name="mails"
        title={list.title}
        neighbours={sections}
        columns={columns}
        rows={items}
        idOf={(mail) => mail.id}
        nameOf={(mail) => mail.subject || list.noSubject}
        hrefOf={(mail) => paths.mail(mail.id)}
        usualSort="-at"
        total={total}
        actions={
          <fieldset className="v-switch" aria-label={list.title}>
            {choices.map((each) => (
              <button key={each} type="button" aria-pressed={each === which} onClick={() => choose(each)}>
                {list.views[each]}
              </button>
            ))}
          </fieldset>
        }
        empty={<EmptyState title={list.empty.title}>{list.empty.text}</EmptyState>}
      />
    </>
  );
}
