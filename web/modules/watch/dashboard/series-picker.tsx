import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconX } from '@tabler/icons-react';
import { useDeferredValue, useState } from 'react';
import type { KnownSeries } from '#contract/measurement.ts';
import { useMeasurementTexts } from '../measurements/measurement-texts.ts';
import { foundSeriesQuery, knownSeriesQuery } from './dashboard-queries.ts';
import './dashboard.css';

/** How a series is called where several checks meet. */
export function seriesTitle({
  checkName,
  targetName,
  label,
}: Pick<KnownSeries, 'checkName' | 'targetName' | 'label'>): string {
  return `${targetName === '' ? checkName : targetName} – ${label}`;
}

interface SeriesPickerProps {
  label: string;
  ids: readonly number[];
  most: number;
  onChange: (ids: readonly number[]) => void;
}

/** Chooses measurements by searching for their check, host or name; what is chosen stands above. */
export function SeriesPicker({ label, ids, most, onChange }: SeriesPickerProps) {
  const { charts } = useMeasurementTexts();
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search.trim());
  const known = useQuery(knownSeriesQuery(ids)).data?.items ?? [];
  const found = useQuery({ ...foundSeriesQuery(wanted), enabled: wanted !== '', placeholderData: (old) => old });
  const free = (found.data?.items ?? []).filter(({ id }) => !ids.includes(id));
  return (
    <div className="v-picker">
      {ids.length > 0 && (
        <ul className="v-picker-chosen" aria-label={label}>
          {known.map((series) => (
            <li key={series.id}>
              <span title={`${series.checkName} – ${series.name}`}>{seriesTitle(series)}</span>
              <button
                type="button"
                className="v-chart-tool"
                aria-label={charts.remove(seriesTitle(series))}
                onClick={() => onChange(ids.filter((id) => id !== series.id))}
              >
                <IconX size={13} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {ids.length >= most ? (
        <p className="v-quiet">{most > 1 && charts.full}</p>
      ) : (
        <>
          <TextInput
            label={charts.choose}
            placeholder={charts.search}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          {wanted !== '' && found.isSuccess && free.length === 0 && <p className="v-quiet">{charts.nothingFound}</p>}
          {wanted !== '' && free.length > 0 && (
            <ul className="v-picker-found" aria-label={charts.search}>
              {free.map((series) => (
                <li key={series.id}>
                  <button type="button" onClick={() => onChange([...ids, series.id])}>
                    <span>{seriesTitle(series)}</span>
                    <span className="v-quiet">{series.checkName}</span>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  );
}
