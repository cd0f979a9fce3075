import type { Holidays, Layer, Rota } from '#contract/on-call.ts';

export interface LayerDraft extends Layer {
  /** Made here: layers are told apart by it while one writes. */
  readonly key: number;
}

/** A rota as one writes it: lists of dates are text. */
export interface RotaDraft {
  readonly name: string;
  readonly timeZone: string;
  readonly layers: readonly LayerDraft[];
  readonly country: string;
  readonly region: string;
  readonly more: string;
  readonly without: string;
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
    country: holidays.country,
    region: holidays.region,
    more: holidays.more.map((day) => `${day.date} ${day.name}`).join('\n'),
    without: holidays.without.join('\n'),
  };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function holidaysOf({ country, region, more, without }: RotaDraft): Holidays {
  return {
    country: country.trim().toUpperCase(),
    region: region.trim().toUpperCase(),
    more: linesOf(more).map((line) => {
      const [date = '', ...words] = line.split(/\s+/u);
      return { date, name: words.join(' ') || date };
    }),
    without: linesOf(without),
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
