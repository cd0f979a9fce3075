import { useSuspenseQuery } from '@tanstack/react-query';
import { useLanguage } from '#web/shell/language.tsx';
import { ready } from '#web/shell/query-client.ts';
import { useNewAction } from '#web/shell/use-new-action.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { paths } from '#web/paths.ts';
import { templatesQuery } from './settings-queries.ts';
import { useSettingsTexts } from './settings-texts.ts';
import { useTemplateColumns } from './use-template-columns.ts';
import { useDeskSections } from '../use-desk-sections.ts';

export const loader = () => ready(templatesQuery);

/** What is written once and put into many answers. */
export function AnswerListPage() {
  const { answers: texts } = useSettingsTexts();
  const language = useLanguage();
  const answers = useSuspenseQuery(templatesQuery).data.filter(({ kind }) => kind === 'answer');
  const columns = useTemplateColumns();
  const sections = useDeskSections();
  const add = useNewAction({ list: texts.title, label: texts.new, to: paths.answer('new'), permission: 'desk.write' });
  return (
    <>
      <title>{texts.title}</title>
      <ListPage
        name="answers"
        title={texts.title}
        neighbours={sections}
        columns={[
          ...columns,
          {
            name: 'body',
            title: texts.columns.body,
            value: (each) => each.body[language].replaceAll(/\s+/gu, ' ').slice(0, 200),
            width: 'minmax(200px, 3fr)',
          },
        ]}
        rows={answers}
        idOf={(each) => each.id}
        nameOf={(each) => each.name[language]}
        hrefOf={(each) => paths.answer(each.id)}
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
