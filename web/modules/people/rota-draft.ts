import type { Layer, Rota } from '#contract/on-call.ts';
import { holidayDraft, holidaysOf, type HolidayDraft } from '#web/shell/holiday-draft.ts';

export interface LayerDraft extends Layer {
  /** Made here: layers are told apart by it while one writes. */
  readonly key: number;
}

/** A rota as one writes it: lists of dates are text. */
export interface RotaDraft extends HolidayDraft {
  readonly name: string;
  readonly timeZone: string;
  readonly layers: readonly LayerDraft[];
}

export function emptyLayer(key: number, today: string): LayerDraft {
  return {
    key,
    name: '',
    personIds: [],
    startsOn: today,
    handOverAt: '08:00',
    everyDays: 7,
    days: [],
    from: '',
    until: '',
    onHolidays: 'same',
  };
}

export function draftOf({ name, timeZone, layers, holidays }: Rota): RotaDraft {
  return {
    name,
    timeZone,
    layers: layers.map((layer, key) => ({ ...layer, key })),
    ...holidayDraft(holidays),
  };
}

/** What a request wants of it. */
export function requestOf(draft: RotaDraft) {
  return {
    name: draft.name,
    timeZone: draft.timeZone,
    layers: draft.layers.map(({ key: _key, ...layer }) => layer),
    holidays: holidaysOf(draft),
  };
}
