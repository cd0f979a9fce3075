import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { ForecastChart } from '#web/shell/forecast-chart.tsx';
import { ThingChip } from '#web/shell/thing-link.tsx';
import { paths } from '#web/paths.ts';
import { formatMeasure } from '#web/ui/chart/measure.ts';
import { FactsPanel } from '#web/ui/facts-panel.tsx';
import { formatNumber } from '#web/ui/format.ts';
import { ThingPage } from '#web/ui/thing-page.tsx';
import { Time } from '#web/ui/time.tsx';
import { useUi } from '#web/ui/words.ts';
import { forecastQuery } from './advice-queries.ts';
import { useAdviceTexts } from './advice-texts.ts';

/** One forecast: its past, its band, and what it rests on. */
export function ForecastPage() {
  const { id = '' } = useParams();
  const { forecasts: texts } = useAdviceTexts();
  const { locale, words } = useUi();
  const { forecast } = useSuspenseQuery(forecastQuery(Number(id))).data;
  const { facts } = texts;
  const limit = formatMeasure(forecast.capacity, forecast.unit, locale, words.byteUnits);
  return (
    <ThingPage
      kind={texts.one}
      name={`${forecast.checkName} · ${forecast.label}`}
      lead={forecast.sentence}
      chips={forecast.target === null ? undefined : <ThingChip thing={forecast.target} />}
      facts={
        <FactsPanel
          facts={[
            { name: 'limit', label: facts.limit, shown: `${limit}, ${forecast.byHand ? facts.byHand : facts.known}` },
            {
              name: 'soon',
              label: facts.soon,
              shown: <span className="v-number">{Math.round(forecast.within30Days * 100)} %</span>,
            },
            {
              name: 'past',
              label: facts.past,
              shown: facts.days(forecast.pastDays, formatNumber(forecast.pastDays, locale, 1)),
            },
            { name: 'made', label: facts.made, shown: <Time at={forecast.madeAt} /> },
            {
              name: 'check',
              label: texts.columns.what,
              shown: (
                <Link className="v-link" to={paths.check(forecast.checkId)}>
                  {forecast.checkName}
                </Link>
              ),
            },
          ]}
        />
      }
    >
      <ForecastChart seriesId={forecast.seriesId} height={260} />
    </ThingPage>
  );
}
