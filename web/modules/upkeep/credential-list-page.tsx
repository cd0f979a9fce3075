import { useSuspenseQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { credential } from '#contract/access.ts';
import { useNewAction } from '#web/shell/use-new-action.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { paths } from '#web/paths.ts';
import { useSections } from './use-sections.ts';
import { useUpkeepTexts } from './upkeep-texts.ts';
import { credentialsQuery } from './upkeep-queries.ts';

/** What Vigie can sign in with; the secrets stay in the vault. */
export function CredentialListPage() {
  const { credentials: texts } = useUpkeepTexts();
  const credentials = useSuspenseQuery(credentialsQuery).data.items;
  const sections = useSections();
  const columns: readonly Column<z.infer<typeof credential>>[] = [
    { name: 'name', title: texts.columns.name, value: (each) => each.name, width: 'minmax(140px, 2fr)' },
    { name: 'user', title: texts.columns.user, value: (each) => each.user, onPhone: true },
    {
      name: 'kind',
      title: texts.columns.kind,
      value: (each) => each.kind,
      choices: (['key', 'password'] as const).map((value) => ({ value, label: texts.kinds[value] })),
    },
    { name: 'hosts', title: texts.columns.usedBy, value: (each) => each.usedBy, align: 'end', width: '72px' },
    { name: 'added', title: texts.columns.created, value: (each) => new Date(each.createdAt) },
  ];
  const add = useNewAction({
    list: texts.title,
    label: texts.new,
    to: paths.credentialNew(),
    permission: 'upkeep.secrets',
  });
  return (
    <>
      <title>{texts.title}</title>
      <ListPage
        name="credentials"
        title={texts.title}
        neighbours={sections}
        columns={columns}
        rows={credentials}
        idOf={(each) => each.id}
        nameOf={(each) => each.name}
        hrefOf={(each) => paths.credential(each.id)}
        usualSort="name"
        actions={add}
        empty={
          <EmptyState title={texts.empty.title} action={add}>
            {texts.empty.text}
          </EmptyState>
        }
      />
    </>
  );
}
