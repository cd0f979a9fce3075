import { useSuspenseQuery } from '@tanstack/react-query';
import { useLanguage } from '#web/shell/language.tsx';
import { ready } from '#web/shell/query-client.ts';
import { useNewAction } from '#web/shell/use-new-action.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { paths } from '#web/paths.ts';
import { useDeskTexts } from '../desk-texts.ts';
import { templatesQuery } from './settings-queries.ts';
import { useTicketTexts } from '../tickets/ticket-texts.ts';
import { useTemplateColumns } from './use-template-columns.ts';
import { useDeskSections } from '../use-desk-sections.ts';
import { useWorkTexts } from '../tickets/work-texts.ts';

export const loader = () => ready(templatesQuery);

/** What tickets of one sort begin with. */
export function TemplateListPage() {
  const { templates: texts } = useWorkTexts();
  const { kinds } = useTicketTexts();
  const { priorities } = useDeskTexts();
  const language = useLanguage();
  const templates = useSuspenseQuery(templatesQuery).data.filter(({ kind }) => kind === 'ticket');
  const columns = useTemplateColumns();
  const sections = useDeskSections();
  const add = useNewAction({
    list: texts.title,
    label: texts.new,
    to: paths.ticketTemplate('new'),
    permission: 'desk.write',
  });
  const setsOf = ({ change }: (typeof templates)[number]): string =>
    [
      change.kind === undefined ? '' : kinds[change.kind],
      change.priority === undefined ? '' : priorities[change.priority],
      ...(change.addTags ?? []).map((tag) => `#${tag}`),
      change.checklist === undefined ? '' : `${texts.checklist} (${texts.items(change.checklist.length)})`,
    ]
      .filter((part) => part !== '')
      .join(' · ');
  return (
    <>
      <title>{texts.title}</title>
      <ListPage
        name="templates"
        title={texts.title}
        neighbours={sections}
        columns={[...columns, { name: 'sets', title: texts.columns.sets, value: setsOf, width: 'minmax(200px, 2fr)' }]}
        rows={templates}
        idOf={(each) => each.id}
        nameOf={(each) => each.name[language]}
        hrefOf={(each) => paths.ticketTemplate(each.id)}
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
