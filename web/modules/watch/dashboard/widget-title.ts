import { useQuery } from '@tanstack/react-query';
import type { WidgetContent } from '#contract/dashboard.ts';
import { useMeasurementTexts } from '../measurements/measurement-texts.ts';
import { knownSeriesQuery, measureNamesQuery } from './dashboard-queries.ts';
import { seriesTitle } from './series-picker.tsx';

function idsOf(content: WidgetContent): readonly number[] {
  if (content.kind === 'chart') return content.series;
  return content.kind === 'value' && content.series !== null ? [content.series] : [];
}

/** What stands above a widget: its own title, else what it shows. */
export function useWidgetTitle(content: WidgetContent): string {
  const { widgets } = useMeasurementTexts();
  const ids = idsOf(content);
  const known = useQuery(knownSeriesQuery(ids)).data?.items;
  const names = useQuery({ ...measureNamesQuery(), enabled: content.kind === 'top', staleTime: 600_000 }).data?.items;
  if (content.title !== '') return content.title;
  const [first] = known ?? [];
  if (first !== undefined && ids.length === 1) return seriesTitle(first);
  if (first !== undefined && ids.length > 1) {
    const labels = new Set(known?.map(({ label }) => label));
    return labels.size === 1 ? first.label : widgets[content.kind];
  }
  if (content.kind === 'top')
    return names?.find(({ name }) => name === content.name)?.label ?? (content.name || widgets.top);
  return widgets[content.kind];
}
