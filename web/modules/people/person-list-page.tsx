import { useSuspenseQuery } from '@tanstack/react-query';
import { IconUserPlus } from '@tabler/icons-react';
import type { Person } from '#contract/people.ts';
import { role } from '#contract/permission.ts';
import { useNewAction } from '#web/shell/use-new-action.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { paths } from '#web/paths.ts';
import { usePeopleTexts } from './people-texts.ts';
import { personsQuery } from './people-queries.ts';
import { useSections } from './use-sections.ts';

function usePersonColumns(): readonly Column<Person>[] {
  const texts = usePeopleTexts();
  const { columns } = texts;
  return [
    { name: 'name', title: columns.name, value: (person) => person.name, width: 'minmax(140px, 2fr)' },
    { name: 'mail', title: columns.mail, value: (person) => person.mail, width: 'minmax(160px, 2fr)' },
    {
      name: 'role',
      title: columns.role,
      value: (person) => person.role,
      choices: role.options.map((value) => ({ value, label: texts.roles[value] })),
      width: '128px',
      onPhone: true,
    },
    {
      name: 'language',
      title: columns.language,
      value: (person) => person.language,
      choices: (['en', 'fr'] as const).map((value) => ({ value, label: texts.languages[value] })),
      width: '92px',
    },
    { name: 'active', title: columns.active, value: (person) => person.active, width: '124px' },
    {
      name: 'seen',
      title: columns.seen,
      value: (person) => (person.lastSeenAt === null ? null : new Date(person.lastSeenAt)),
      width: '124px',
    },
    { name: 'added', title: columns.added, value: (person) => new Date(person.createdAt), optional: true },
  ];
}

/** Everybody known to Vigie. */
export function PersonListPage() {
  const texts = usePeopleTexts();
  const persons = useSuspenseQuery(personsQuery).data;
  const columns = usePersonColumns();
  const sections = useSections();
  const invite = useNewAction({
    list: texts.title,
    label: texts.invite.action,
    to: paths.personNew(),
    permission: 'people.write',
    icon: <IconUserPlus size={15} />,
  });
  return (
    <>
      <title>{texts.title}</title>
      <ListPage
        name="people"
        title={texts.sections.persons}
        neighbours={sections}
        columns={columns}
        rows={persons}
        idOf={(person) => person.id}
        nameOf={(person) => person.name}
        hrefOf={(person) => paths.person(person.id)}
        usualSort="name"
        actions={invite}
        empty={
          <EmptyState title={texts.empty.title} action={invite}>
            {texts.empty.text}
          </EmptyState>
        }
      />
    </>
  );
}
