import { useQuery } from '@tanstack/react-query';
import { adviceScreens as en } from '#texts/en/advice-screens.ts';
import { adviceScreens as fr } from '#texts/fr/advice-screens.ts';
import { TimeSeriesChart } from '../ui/chart/time-series-chart.tsx';
import { api } from './api.ts';
import { useTexts } from './language.tsx';

/** What was measured, and what lies ahead with its band. */
export function ForecastChart({ seriesId, height = 160 }: { seriesId: number; height?: number }) {
  const texts = useTexts({ en, fr }).forecasts;
  const { data } = useQuery(api.advice.forecasts.get.queryOptions({ input: { seriesId } }));
  if (data === undefined) return null;
  const { forecast, times, past, likely, low, high } = data;
  // The earlier date is the steeper course: which of the two is above depends on which way it goes.
  const [above, below] = forecast.falling ? [high, low] : [low, high];
  const isBand = low.some((value) => value !== null);
  const likelyLabel = forecast.fullAt !== null ? texts.likely : isBand ? texts.likelyCleared : texts.likelyAlone;
  return (
    <TimeSeriesChart
      title={forecast.label}
      height={height}
      data={{
        times,
        unit: forecast.unit,
        series: [
          { name: 'past', label: texts.past, values: past },
          { name: 'likely', label: likelyLabel, values: likely, ...(isBand ? { min: below, max: above } : {}) },
          ...(forecast.fullAt === null
            ? []
            : [{ name: 'limit', label: texts.limit, values: times.map(() => forecast.capacity) }]),
        ],
      }}
    />
  );
}
