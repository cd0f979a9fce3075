import { useMediaQuery } from '@mantine/hooks';
import { IconCopy, IconGripVertical, IconSettings, IconX } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { GridLayout, noCompactor, useContainerWidth, type Layout } from 'react-grid-layout';
import type { Widget } from '#contract/dashboard.ts';
import { useMeasurementTexts } from '../measurements/measurement-texts.ts';
import { WidgetBody } from './widget-body.tsx';
import { arrowWidget, columns, placeWidget } from './widget-moves.ts';
import { useWidgetTitle } from './widget-title.ts';
import 'react-grid-layout/css/styles.css';
import './dashboard.css';

interface GridProps {
  widgets: readonly Widget[];
  /** With it, widgets can be arranged. */
  arrange?:
    | {
        onChange: (widgets: readonly Widget[]) => void;
        onSettings: (id: string) => void;
        onDuplicate: (id: string) => void;
        onRemove: (id: string) => void;
      }
    | undefined;
  rowHeight?: number;
}

const gap = 12;
const headHeight = 34;
const edge = 24;

/** Widgets in their places; on a phone, one below the other. */
export function DashboardGrid({ widgets, arrange, rowHeight = 34 }: GridProps) {
  const { width, containerRef, mounted } = useContainerWidth({ measureBeforeMount: true });
  const narrow = useMediaQuery('(max-width: 720px)') ?? false;
  const [said, setSaid] = useState('');
  const { dashboards: texts } = useMeasurementTexts();
  const ordered = widgets.toSorted((one, other) => one.y - other.y || one.x - other.x);
  const pixels = (h: number): number => h * rowHeight + (h - 1) * gap;
  const moved = (layout: Layout, id: string | undefined): void => {
    const place = layout.find(({ i }) => i === id);
    if (place === undefined || id === undefined) return;
    arrange?.onChange(placeWidget(widgets, id, { x: place.x, y: place.y, w: place.w, h: place.h }));
  };
  const pressed = (widget: Widget, name: string) => (event: KeyboardEvent) => {
    if (arrange === undefined || event.target !== event.currentTarget) return;
    const next = arrowWidget(widgets, widget.id, event.key, event.shiftKey);
    if (next !== undefined) {
      arrange.onChange(next);
      const { x, y, w, h } = next.find(({ id }) => id === widget.id) ?? widget;
      setSaid(event.shiftKey ? texts.resized(name, w, h) : texts.moved(name, x, y));
    } else if (event.key === 'Enter') arrange.onSettings(widget.id);
    else if (event.key === 'Delete') arrange.onRemove(widget.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const frame = (widget: Widget) => (
    <WidgetFrame
      key={widget.id}
      widget={widget}
      height={pixels(widget.h)}
      arrange={narrow ? undefined : arrange}
      onKey={(name) => pressed(widget, name)}
    />
  );
  if (narrow) return <div className="v-board v-board-narrow">{ordered.map(frame)}</div>;
  return (
    <div ref={containerRef} className="v-board" data-arranging={arrange !== undefined || undefined}>
      {arrange !== undefined && (
        <>
          <p className="v-quiet v-board-keys">{texts.moveKeys}</p>
          <output className="v-unseen" aria-live="polite">
            {said}
          </output>
        </>
      )}
      {mounted && (
        <GridLayout
          width={width}
          layout={widgets.map(({ id, x, y, w, h }) => ({ i: id, x, y, w, h }))}
          gridConfig={{ cols: columns, rowHeight, margin: [gap, gap], containerPadding: [0, 0] }}
          dragConfig={{ enabled: arrange !== undefined, handle: '.v-widget-grip', bounded: false, threshold: 3 }}
          resizeConfig={{ enabled: arrange !== undefined, handles: ['se'] }}
          compactor={noCompactor}
          onDragStop={(layout, _old, item) => moved(layout, item?.i)}
          onResizeStop={(layout, _old, item) => moved(layout, item?.i)}
        >
          {ordered.map((widget) => (
            <div key={widget.id}>{frame(widget)}</div>
          ))}
        </GridLayout>
      )}
    </div>
  );
}

interface FrameProps {
  widget: Widget;
  height: number;
  arrange: GridProps['arrange'];
  onKey: (name: string) => (event: KeyboardEvent) => void;
}

/** A long note is scrolled by the keyboard too; everything else that scrolls holds links. */
function makeScrollable(body: HTMLElement | null): void {
  if (body !== null) body.tabIndex = 0;
}

function WidgetFrame({ widget, height, arrange, onKey }: FrameProps) {
  const { dashboards: texts } = useMeasurementTexts();
  const name = useWidgetTitle(widget.content);
  const arranged =
    arrange === undefined
      ? {}
      : { tabIndex: 0, role: 'group', 'aria-roledescription': texts.moveKeys, onKeyDown: onKey(name) };
  return (
    <section className="v-widget" style={{ height }} aria-label={name} data-kind={widget.content.kind} {...arranged}>
      <header className="v-widget-head">
        {arrange !== undefined && (
          <span className="v-widget-grip" aria-hidden="true">
            <IconGripVertical size={15} />
          </span>
        )}
        <h2>{name}</h2>
        {arrange !== undefined && (
          <span className="v-widget-tools">
            <Tool label={texts.settingsOf(name)} onClick={() => arrange.onSettings(widget.id)}>
              <IconSettings size={15} />
            </Tool>
            <Tool label={texts.duplicateWidget(name)} onClick={() => arrange.onDuplicate(widget.id)}>
              <IconCopy size={15} />
            </Tool>
            <Tool label={texts.removeWidget(name)} onClick={() => arrange.onRemove(widget.id)}>
              <IconX size={15} />
            </Tool>
          </span>
        )}
      </header>
      <div className="v-widget-body" ref={widget.content.kind === 'text' ? makeScrollable : undefined}>
        <WidgetBody content={widget.content} height={height - headHeight - edge} />
      </div>
    </section>
  );
}

function Tool({ label, onClick, children }: { label: string; onClick: () => void; children: React.ReactNode }) {
  return (
    <button type="button" className="v-chart-tool" aria-label={label} title={label} onClick={onClick}>
      {children}
    </button>
  );
}
