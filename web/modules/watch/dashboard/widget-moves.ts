import type { Widget, WidgetContent } from '#contract/dashboard.ts';

/** Where widgets stand: on twelve columns, fallen up as far as they can, none over another. */

export const columns = 12;
const mostRows = 500;

export type Place = Pick<Widget, 'x' | 'y' | 'w' | 'h'>;

function meets(one: Place, other: Place): boolean {
  return one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;
}

/** Lets all fall up; `first` keeps its place and the others give way. */
export function settle(widgets: readonly Widget[], first?: string): Widget[] {
  const order = widgets.toSorted(
    (one, other) => one.y - other.y || Number(other.id === first) - Number(one.id === first) || one.x - other.x,
  );
  const settled: Widget[] = [];
  for (const widget of order) {
    let y = 0;
    // The highest row from which nothing stands in the way down to where it was, or below.
    for (let row = Math.min(widget.y, mostRows); row >= 0; row -= 1) {
      if (settled.some((other) => meets({ ...widget, y: row }, other))) break;
      y = row;
    }
    while (settled.some((other) => meets({ ...widget, y }, other)) && y < mostRows) y += 1;
    settled.push({ ...widget, y });
  }
  return widgets.map((widget) => settled.find(({ id }) => id === widget.id) ?? widget);
}

function bounded({ x, y, w, h }: Place): Place {
  const wide = Math.max(1, Math.min(columns, w));
  return {
    x: Math.max(0, Math.min(columns - wide, x)),
    y: Math.max(0, Math.min(mostRows, y)),
    w: wide,
    h: Math.max(1, Math.min(40, h)),
  };
}

/** One widget somewhere else or of another size; those in its way go below it. */
export function placeWidget(widgets: readonly Widget[], id: string, place: Place): Widget[] {
  const moved = bounded(place);
  // From above, half way into another one means past it: else a step down by key would be undone by falling up.
  return settle(
    widgets.map((widget) => {
      if (widget.id === id) return { ...widget, ...moved };
      return meets(widget, moved) ? { ...widget, y: moved.y + moved.h } : widget;
    }),
    id,
  );
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** What an arrow key does to a widget; undefined for any other key. */
export function arrowWidget(
  widgets: readonly Widget[],
  id: string,
  key: string,
  resize: boolean,
): Widget[] | undefined {
  const step = arrows[key];
  const widget = widgets.find((each) => each.id === id);
  if (step === undefined || widget === undefined) return undefined;
  const [across, down] = step;
  if (resize) return placeWidget(widgets, id, { ...widget, w: widget.w + across, h: widget.h + down });
  if (down === 0) return placeWidget(widgets, id, { ...widget, x: widget.x + across });
  // Up and down change places with the nearest one: a step of one row would fall back.
  const near = widgets
    .filter(
      (other) =>
        other.id !== id &&
        other.x < widget.x + widget.w &&
        widget.x < other.x + other.w &&
        (down < 0 ? other.y < widget.y : other.y > widget.y),
    )
    .toSorted((one, other) => (down < 0 ? other.y - one.y : one.y - other.y))[0];
  if (near === undefined) return [...widgets];
  if (down < 0) return placeWidget(widgets, id, { ...widget, y: near.y });
  return placeWidget(widgets, near.id, { ...near, y: widget.y });
}

const sizes: Readonly<Record<WidgetContent['kind'], { w: number; h: number }>> = {
  chart: { w: 6, h: 7 },
  value: { w: 3, h: 4 },
  states: { w: 4, h: 8 },
  availability: { w: 4, h: 6 },
  counts: { w: 4, h: 3 },
  incidents: { w: 4, h: 7 },
  top: { w: 4, h: 8 },
  text: { w: 4, h: 4 },
  clock: { w: 3, h: 4 },
};

/** Puts a new widget below all others, or beside the last where there is room. */
export function addWidget(widgets: readonly Widget[], id: string, content: WidgetContent): Widget[] {
  const size = sizes[content.kind];
  const bottom = widgets.reduce((most, { y, h }) => Math.max(most, y + h), 0);
  for (let y = Math.max(0, bottom - size.h); y <= bottom; y += 1)
    for (let x = 0; x + size.w <= columns; x += 1)
      if (!widgets.some((other) => meets({ x, y, ...size }, other)))
        return settle([...widgets, { id, x, y, ...size, content }]);
  return settle([...widgets, { id, x: 0, y: bottom, ...size, content }]);
}
