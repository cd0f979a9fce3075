import { notifications } from '@mantine/notifications';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { IconRefresh } from '@tabler/icons-react';
import { recommendationState, type Recommendation } from '#contract/advice.ts';
import { client } from '#web/shell/api.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ThingLink } from '#web/shell/thing-link.tsx';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatExact } from '#web/ui/format.ts';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { Time } from '#web/ui/time.tsx';
import { useUi } from '#web/ui/words.ts';
import { recommendationsQuery, standingQuery } from './advice-queries.ts';
import { useAdviceTexts } from './advice-texts.ts';
import { useSections } from './use-sections.ts';

function useColumns(): readonly Column<Recommendation>[] {
  const { recommendations: texts, states } = useAdviceTexts();
  const { columns } = texts;
  return [
    { name: 'title', title: columns.title, value: (row) => row.title, width: 'minmax(200px, 3fr)' },
    {
      name: 'about',
      title: columns.about,
      value: (row) => row.about?.name ?? '',
      cell: (row) => (row.about === null ? null : <ThingLink thing={row.about} />),
      width: 'minmax(100px, 1fr)',
    },
    {
      name: 'weight',
      title: columns.weight,
      value: (row) => Math.round(row.weight),
      align: 'end',
      width: '84px',
      onPhone: true,
    },
    {
      name: 'certainty',
      title: columns.certainty,
      value: (row) => Math.round(row.certainty * 100),
      cell: (row) => `${Math.round(row.certainty * 100)} %`,
      align: 'end',
      width: '96px',
      optional: true,
    },
    {
      name: 'state',
      title: columns.state,
      value: (row) => row.state,
      cell: (row) => states[row.state],
      choices: recommendationState.options.map((value) => ({ value, label: states[value] })),
      width: '110px',
    },
    {
      name: 'since',
      title: columns.since,
      value: (row) => new Date(row.firstSeenAt),
      cell: (row) => <Time at={row.firstSeenAt} />,
      width: '110px',
    },
  ];
}

/** What is recommended, the weightiest first. */
export function RecommendationListPage() {
  const { recommendations: texts } = useAdviceTexts();
  const { data: items } = useSuspenseQuery(recommendationsQuery);
  return (
    <>
      <title>{texts.title}</title>
      <ListPage
        name="recommendations"
        title={texts.title}
        neighbours={useSections()}
        columns={useColumns()}
        rows={items}
        idOf={(row) => row.id}
        nameOf={(row) => row.title}
        hrefOf={(row) => paths.recommendation(row.id)}
        usualSort="-weight"
        views={[
          { title: texts.views.open, filter: 'state:open' },
          { title: texts.views.accepted, filter: 'state:accepted' },
          { title: texts.views.done, filter: 'state:done' },
          { title: texts.views.declined, filter: 'state:declined' },
        ]}
        actions={<LookAgain />}
        empty={<Nothing />}
      />
    </>
  );
}

function LookAgain() {
  const { recommendations: texts } = useAdviceTexts();
  const look = useMutation({
    mutationFn: () => client.advice.look({}),
    onSuccess: () => notifications.show({ message: texts.looking }),
  });
  return (
    <ActionButton
      icon={<IconRefresh size={15} />}
      refusal={useRefusal('advice.act')}
      busy={look.isPending}
      onClick={() => look.mutate()}
    >
      {texts.look}
    </ActionButton>
  );
}

/** An empty list says what was looked at, and what is still being learnt until when. */
function Nothing() {
  const { empty } = useAdviceTexts().recommendations;
  const { locale, timeZone } = useUi();
  const { series, bounded, learning, learningUntil } = useSuspenseQuery(standingQuery).data;
  return (
    <EmptyState title={empty.title} action={<LookAgain />}>
      <p>{series === 0 ? empty.nothing : empty.looked(series, bounded)}</p>
      {learning > 0 && learningUntil !== null && (
        <p>{empty.learning(learning, formatExact(new Date(learningUntil), locale, timeZone))}</p>
      )}
    </EmptyState>
  );
}
