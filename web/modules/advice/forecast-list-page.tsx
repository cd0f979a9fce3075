import { useSuspenseQuery } from '@tanstack/react-query';
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ToldForecast } from '#contract/advice-forecasts.ts';
import { ThingLink } from '#web/shell/thing-link.tsx';
import { paths } from '#web/paths.ts';
import { formatMeasure } from '#web/ui/chart/measure.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { useUi } from '#web/ui/words.ts';
import { forecastsQuery } from './advice-queries.ts';
import { useAdviceTexts } from './advice-texts.ts';
import { useSections } from './use-sections.ts';

/** A day as the reader writes it. */
function useDay(): (at: string) => string {
  const { locale, timeZone } = useUi();
  const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone });
  return (at) => format.format(new Date(at));
}

const whys = ['date', 'full', 'notGrowing', 'beyond', 'cleared', 'tooShort', 'unreadable'] as const;

/** The check, and which of its measurements: “Disks /var”. */
const nameOf = ({ checkName, label }: ToldForecast): string => `${checkName} ${label}`;

function WithQuiet({ told, quiet }: { told: string; quiet: string }) {
  return (
    <>
      {told} <span className="v-quiet">{quiet}</span>
    </>
  );
}

function useColumns(): readonly Column<ToldForecast>[] {
  const { forecasts: texts } = useAdviceTexts();
  const { columns } = texts;
  const { locale, words } = useUi();
  const day = useDay();
  const amount = (value: number, unit: string): string => formatMeasure(value, unit, locale, words.byteUnits);
  const now = ({ last, unit }: ToldForecast): string => (last === null ? '–' : amount(last, unit));
  return [
    {
      name: 'what',
      title: columns.what,
      value: nameOf,
      cell: (row) => <WithQuiet told={row.checkName} quiet={row.label} />,
      width: 'minmax(160px, 2fr)',
    },
    {
      name: 'on',
      title: columns.on,
      value: (row) => row.target?.name ?? '',
      cell: (row) => (row.target === null ? null : <ThingLink thing={row.target} />),
      width: 'minmax(100px, 1fr)',
      onPhone: true,
    },
    {
      name: 'value',
      title: columns.value,
      value: (row) => row.last,
      cell: (row) => <WithQuiet told={now(row)} quiet={`/ ${amount(row.capacity, row.unit)}`} />,
      align: 'end',
      width: '128px',
    },
    {
      name: 'fullAt',
      title: columns.fullAt,
      value: (row) => (row.fullAt === null ? null : new Date(row.fullAt)),
      cell: (row) =>
        row.fullAt === null ? <span className="v-quiet">{texts.noDate}</span> : <strong>{day(row.fullAt)}</strong>,
      // What has no date stands last, whichever way round.
      order: (row) => (row.fullAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(row.fullAt)),
      width: '120px',
      onPhone: true,
    },
    {
      name: 'between',
      title: columns.between,
      value: (row) => row.low,
      cell: (row) => (row.low === null ? null : `${day(row.low)} – ${row.high === null ? texts.later : day(row.high)}`),
      width: 'minmax(160px, 1.4fr)',
    },
    {
      name: 'perDay',
      title: columns.perDay,
      value: (row) => row.perDay,
      cell: (row) => (row.perDay <= 0 ? null : `+${amount(row.perDay, row.unit)}`),
      align: 'end',
      width: '96px',
    },
    {
      name: 'why',
      title: columns.why,
      value: (row) => row.why,
      cell: (row) => texts.why[row.why],
      choices: whys.map((value) => ({ value, label: texts.why[value] })),
      width: '150px',
    },
  ];
}

/** When what has a limit will reach it, the earliest first. */
export function ForecastListPage() {
  const { forecasts: texts } = useAdviceTexts();
  const { data: items } = useSuspenseQuery(forecastsQuery);
  const { locale } = useUi();
  const language = locale.startsWith('fr') ? 'fr' : 'en';
  return (
    <>
      <title>{texts.title}</title>
      <ListPage
        name="forecasts"
        title={texts.title}
        neighbours={useSections()}
        columns={useColumns()}
        rows={items}
        idOf={(row) => String(row.seriesId)}
        nameOf={(row) => `${nameOf(row)} – ${row.target?.name ?? ''}`}
        hrefOf={(row) => paths.forecast(row.seriesId)}
        usualSort="fullAt"
        actions={
          <Button
            variant="default"
            component="a"
            href={paths.forecastsCsv(language)}
            download
            leftSection={<IconDownload size={15} />}
          >
            {texts.csv}
          </Button>
        }
        empty={<EmptyState title={texts.empty.title}>{texts.empty.text}</EmptyState>}
      />
    </>
  );
}
