import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { Category } from '#contract/desk-words.ts';
import type { Language } from '#contract/words.ts';
import { api } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { ready } from '#web/shell/query-client.ts';
import { useNewAction } from '#web/shell/use-new-action.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { paths } from '#web/paths.ts';
import { categoriesQuery } from './settings-queries.ts';
import { useSettingsTexts } from './settings-texts.ts';
import { useDeskSections } from '../use-desk-sections.ts';

export const loader = () => ready(categoriesQuery);

/** A category with those above it: `Network › Wi-Fi`. A tree has few floors; a circle is cut after ten. */
function placeOf(category: Category, all: ReadonlyMap<string, Category>, language: Language): string {
  const names: string[] = [];
  for (let at: Category | undefined = category; at !== undefined && names.length < 10;) {
    names.unshift(at.name[language]);
    at = all.get(at.parentId ?? '');
  }
  return names.join(' › ');
}

/** What tickets are about, and which team gets them. */
export function CategoryListPage() {
  const { categories: texts } = useSettingsTexts();
  const language = useLanguage();
  const categories = useSuspenseQuery(categoriesQuery).data.items;
  const all = new Map(categories.map((each) => [each.id, each]));
  const teams = useQuery(api.people.teams.list.queryOptions({ input: {} })).data?.items ?? [];
  const sections = useDeskSections();
  const add = useNewAction({
    list: texts.title,
    label: texts.new,
    to: paths.category('new'),
    permission: 'desk.write',
  });
  return (
    <>
      <title>{texts.title}</title>
      <ListPage
        name="categories"
        title={texts.title}
        neighbours={sections}
        columns={[
          {
            name: 'name',
            title: texts.columns.name,
            value: (each) => placeOf(each, all, language),
            width: 'minmax(180px, 2fr)',
          },
          { name: 'words', title: texts.columns.words, value: (each) => each.words, width: 'minmax(120px, 1fr)' },
          {
            name: 'team',
            title: texts.columns.team,
            value: (each) => teams.find(({ id }) => id === each.teamId)?.name ?? null,
          },
          { name: 'active', title: texts.columns.active, value: (each) => each.active, width: '90px' },
        ]}
        rows={categories}
        idOf={(each) => each.id}
        nameOf={(each) => each.name[language]}
        hrefOf={(each) => paths.category(each.id)}
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
