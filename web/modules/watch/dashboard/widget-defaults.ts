import { widgetContent, type WidgetContent } from '#contract/dashboard.ts';

export type WidgetKind = WidgetContent['kind'];

export const widgetKinds: readonly WidgetKind[] = [
  'chart',
  'value',
  'states',
  'counts',
  'incidents',
  'top',
  'availability',
  'text',
  'clock',
];

/** A widget of a kind as it begins. */
export function newContent(kind: WidgetKind): WidgetContent {
  return widgetContent.parse(kind === 'chart' ? { kind, series: [] } : { kind });
}
