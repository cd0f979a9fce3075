import { NativeSelect } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { LoaderFunctionArgs } from 'react-router';
import type { Availability } from '#contract/availability.ts';
import {
  availabilityQuery,
  intervalText,
  isAvailabilityPeriod,
  PeriodChoice,
  type AvailabilityPeriod,
} from '#web/shell/availability-section.tsx';
import { ready } from '#web/shell/query-client.ts';
import { useAddress } from '#web/shell/use-address.ts';
import { paths } from '#web/paths.ts';
import { Duration } from '#web/ui/duration.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { useUi } from '#web/ui/words.ts';
import { useCalmTexts } from './calm-texts.ts';
import { useSections } from '../use-sections.ts';

type Of = Availability['kind'];
const ofs: readonly Of[] = ['host', 'service', 'site', 'check'];

function choiceIn(params: URLSearchParams): { of: Of; period: AvailabilityPeriod } {
  const period = params.get('period');
  return {
    of: ofs.find((each) => each === params.get('of')) ?? 'host',
    period: isAvailabilityPeriod(period) ? period : '30d',
  };
}

export const loader = ({ request }: LoaderFunctionArgs) =>
  ready(availabilityQuery(choiceIn(new URL(request.url).searchParams)));

function span(
  name: string,
  title: string,
  secondsOf: (item: Availability) => number,
  more: Partial<Column<Availability>> = {},
): Column<Availability> {
  return {
    name,
    title,
    value: (item) => Math.round(secondsOf(item)),
    cell: (item) =>
      secondsOf(item) < 1 ? <span className="v-quiet">–</span> : <Duration ms={secondsOf(item) * 1000} />,
    align: 'end',
    width: '104px',
    ...more,
  };
}

function useColumns(of: Of): readonly Column<Availability>[] {
  const texts = useCalmTexts().availability;
  const { locale } = useUi();
  const { columns } = texts;
  return [
    { name: 'name', title: columns.name, value: (item) => item.name, width: 'minmax(150px, 2fr)' },
    ...(of === 'check'
      ? [{ name: 'on', title: columns.on, value: (item: Availability) => item.of, width: 'minmax(120px, 1fr)' }]
      : []),
    {
      name: 'available',
      title: columns.availability,
      value: (item) => item.low,
      cell: (item) => <span className="v-number">{intervalText(item, locale, texts.nothing)}</span>,
      order: (item) => item.low ?? 101,
      align: 'end',
      width: '148px',
      onPhone: true,
    },
    span('down', columns.down, ({ seconds }) => seconds.down),
    span('unknown', columns.unknown, ({ seconds }) => seconds.unknown),
    span('excluded', columns.excluded, ({ exclusions }) => exclusions.reduce((so, { seconds }) => so + seconds, 0), {
      cell: (item) => <LeftOut item={item} />,
    }),
    { name: 'outages', title: columns.outages, value: (item) => item.outages, align: 'end', width: '88px' },
    span('longest', columns.longest, ({ longestOutageSeconds }) => longestOutageSeconds),
    { name: 'basis', title: columns.basis, value: (item) => texts.basis[item.basis], width: 'minmax(110px, 1fr)' },
    { name: 'low', title: columns.low, value: (item) => item.low, optional: true },
    { name: 'high', title: columns.high, value: (item) => item.high, optional: true },
    span('degraded', columns.degraded, ({ seconds }) => seconds.degraded, { optional: true }),
  ];
}

/** The minutes that were left out, with their reasons on hover. */
function LeftOut({ item }: { item: Availability }) {
  const texts = useCalmTexts().availability;
  const seconds = item.exclusions.reduce((so, each) => so + each.seconds, 0);
  if (seconds < 1) return <span className="v-quiet">–</span>;
  const why = item.exclusions.map((each) => `${texts.exclusionKinds[each.kind]} – ${each.why}`).join('\n');
  return (
    <span title={why}>
      <Duration ms={seconds * 1000} />
    </span>
  );
}

/** How much of a period everything was there. */
export function AvailabilityPage() {
  const texts = useCalmTexts().availability;
  const [params, say] = useAddress();
  const choice = choiceIn(params);
  const { data } = useSuspenseQuery(availabilityQuery(choice));
  const choose = (name: 'of' | 'period', value: string): void => say(name, value);
  return (
    <>
      <title>{texts.title}</title>
      <ListPage
        name={`availability-${choice.of}-${choice.period}`}
        title={texts.title}
        neighbours={useSections()}
        columns={useColumns(choice.of)}
        rows={data.items}
        idOf={(item) => item.id}
        nameOf={(item) => item.name}
        hrefOf={(item) =>
          item.kind === 'check' ? paths.check(item.id) : paths.thing({ kind: item.kind, id: item.id })
        }
        usualSort="available"
        actions={
          <>
            <NativeSelect
              aria-label={texts.of}
              value={choice.of}
              data={ofs.map((value) => ({ value, label: texts.kinds[value] }))}
              onChange={(event) => choose('of', event.currentTarget.value)}
            />
            <PeriodChoice period={choice.period} onChoose={(period) => choose('period', period)} />
          </>
        }
        empty={<EmptyState title={texts.empty.title}>{texts.empty.text}</EmptyState>}
      />
    </>
  );
}
