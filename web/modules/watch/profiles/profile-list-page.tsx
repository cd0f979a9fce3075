import { useSuspenseQuery } from '@tanstack/react-query';
import type { Profile } from '#contract/profile.ts';
import { ready } from '#web/shell/query-client.ts';
import { useNewAction } from '#web/shell/use-new-action.tsx';
import { paths } from '#web/paths.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { useProfileTexts } from './profile-texts.ts';
import { useEquipment } from '../use-equipment.ts';
import { useSections } from '../use-sections.ts';
import { profilesQuery } from '../watch-queries.ts';

export const loader = () => ready(profilesQuery());

/** The profiles: which checks a kind of equipment wants, and how much of it has them. */
export function ProfileListPage() {
  const texts = useProfileTexts();
  const equipment = useEquipment();
  const { data } = useSuspenseQuery(profilesQuery());
  const meantFor = (profile: Profile): string =>
    profile.equipment.length === 0 ? texts.anyEquipment : profile.equipment.map((kind) => equipment[kind]).join(', ');
  const columns: readonly Column<Profile>[] = [
    { name: 'name', title: texts.columns.name, value: ({ name }) => name, width: 'minmax(150px, 1fr)' },
    { name: 'equipment', title: texts.columns.equipment, value: meantFor, width: 'minmax(150px, 1.4fr)' },
    {
      name: 'checks',
      title: texts.columns.checks,
      value: ({ items }) => items.length,
      align: 'end',
      width: '90px',
      onPhone: true,
    },
    {
      name: 'includes',
      title: texts.columns.includes,
      value: ({ includes }) => includes.map(({ name }) => name).join(', '),
      width: 'minmax(120px, 1fr)',
    },
    { name: 'uses', title: texts.columns.uses, value: ({ uses }) => uses, align: 'end', width: '90px', onPhone: true },
    {
      name: 'changed',
      title: texts.columns.changed,
      value: ({ changedAt }) => new Date(changedAt),
      width: '120px',
      optional: true,
    },
  ];
  const add = useNewAction({ list: texts.title, label: texts.add, to: paths.profileNew(), permission: 'watch.write' });
  return (
    <ListPage
      name="profiles"
      title={texts.title}
      neighbours={useSections()}
      columns={columns}
      rows={data.items}
      idOf={({ id }) => id}
      nameOf={({ name }) => name}
      hrefOf={({ id }) => paths.profile(id)}
      usualSort="name"
      actions={add}
      empty={
        <EmptyState title={texts.empty.title} action={add}>
          {texts.empty.text}
        </EmptyState>
      }
    />
  );
}
