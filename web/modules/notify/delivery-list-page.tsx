import { NativeSelect } from '@mantine/core';
import { useQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import type { z } from 'zod';
import { delivery } from '#contract/notify.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { ActionButton } from '#web/ui/action-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { PhaseBadge } from '#web/ui/phase-badge.tsx';
import { useUi } from '#web/ui/words.ts';
import { paths } from '#web/paths.ts';
import { deliveriesQuery, personsQuery } from './notify-queries.ts';
import { useNotifyTexts } from './notify-texts.ts';
import { RetryButton } from './retry-button.tsx';
import { useSections } from './use-sections.ts';

type Delivery = z.infer<typeof delivery>;

function useDeliveryColumns(): readonly Column<Delivery>[] {
  const texts = useNotifyTexts();
  const { words } = useUi();
  const { columns } = texts.deliveries;
  return [
    { name: 'notice', title: columns.subject, value: (each) => each.subject, width: 'minmax(220px, 3fr)' },
    {
      name: 'state',
      title: columns.state,
      value: (each) => each.state,
      cell: (each) => <PhaseBadge phase={each.state} />,
      choices: delivery.shape.state.options.map((value) => ({ value, label: words.phases[value] })),
      width: '112px',
      onPhone: true,
    },
    {
      name: 'about',
      title: columns.about,
      value: (each) => each.about,
      choices: delivery.shape.about.options.map((value) => ({ value, label: texts.about[value] })),
      width: '160px',
    },
    { name: 'channel', title: columns.channel, value: (each) => each.channel?.name ?? texts.deliveries.nobody },
    { name: 'at', title: columns.at, value: (each) => new Date(each.at), width: '108px' },
    {
      name: 'attempts',
      title: columns.attempts,
      value: (each) => each.attempts,
      align: 'end',
      width: '76px',
      optional: true,
    },
    { name: 'answer', title: columns.answer, value: (each) => each.answer, width: 'minmax(140px, 2fr)' },
    {
      name: 'retry',
      title: texts.deliveries.retry,
      value: () => '',
      cell: (each) => <RetryButton delivery={each} />,
      width: '76px',
    },
    { name: 'because', title: texts.deliveries.because, value: (each) => each.because.join(' · '), optional: true },
    {
      name: 'delivered',
      title: columns.delivered,
      value: (each) => (each.deliveredAt === null ? null : new Date(each.deliveredAt)),
      optional: true,
    },
  ];
}

/** Every notice, sent or not, and why. */
export function DeliveryListPage() {
  const { deliveries: texts } = useNotifyTexts();
  const [params, setParams] = useSearchParams();
  const personId = params.get('person') ?? undefined;
  const log = useSuspenseInfiniteQuery(deliveriesQuery(personId));
  const deliveries = log.data.pages.flatMap(({ items }) => items);
  const persons = useQuery(personsQuery).data ?? [];
  const language = useLanguage();
  const columns = useDeliveryColumns();
  const sections = useSections();
  return (
    <>
      <title>{texts.title}</title>
      <ListPage
        name="deliveries"
        title={texts.title}
        neighbours={sections}
        columns={columns}
        rows={deliveries}
        idOf={(each) => each.id}
        nameOf={(each) => each.subject}
        hrefOf={(each) =>
          each.ticketId === null ? paths.channel(each.channel?.id ?? '') : paths.ticket(each.ticketId)
        }
        views={[
          { title: texts.views.all, filter: '' },
          { title: texts.views.wrong, filter: 'state:failed,waiting' },
          { title: texts.views.held, filter: 'state:held' },
        ]}
        usualSort="-at"
        total={log.data.pages[0]?.total}
        actions={
          <>
            <NativeSelect
              size="xs"
              aria-label={texts.person}
              value={personId ?? ''}
              data={[
                { value: '', label: texts.everybody },
                ...persons.map((person) => ({ value: person.id, label: person.name })),
              ]}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setParams((before) => {
                  if (value === '') before.delete('person');
                  else before.set('person', value);
                  return before;
                });
              }}
            />
            {log.hasNextPage && (
              <ActionButton busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
                {texts.older}
              </ActionButton>
            )}
            <ActionButton
              icon={<IconDownload size={15} />}
              onClick={() => globalThis.location.assign(paths.deliveriesCsv({ personId, language }))}
            >
              {texts.csv}
            </ActionButton>
          </>
        }
        empty={<EmptyState title={texts.empty.title}>{texts.empty.text}</EmptyState>}
      />
    </>
  );
}
