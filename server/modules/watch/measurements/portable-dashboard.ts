import type { Widget } from '#contract/dashboard.ts';

/** The series that widgets show, each once. */
export function shownSeries(widgets: readonly Widget[]): number[] {
  const ids = widgets.flatMap(({ content }) => {
    if (content.kind === 'chart') return content.series;
    return content.kind === 'value' && content.series !== null ? [content.series] : [];
  });
  return [...new Set(ids)];
}

/** The same widgets with other ids of series; one that is not known here is left out. */
export function withSeries(widgets: readonly Widget[], idOf: (id: number) => number | null): Widget[] {
  return widgets.map((widget) => {
    const { content } = widget;
    if (content.kind === 'chart')
      return { ...widget, content: { ...content, series: content.series.flatMap((id) => idOf(id) ?? []) } };
    if (content.kind === 'value')
      return { ...widget, content: { ...content, series: content.series === null ? null : idOf(content.series) } };
    return widget;
  });
}
