import { Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Person } from '#contract/people.ts';
import { layer as layerWords } from '#contract/on-call.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { IconAct } from '#web/ui/icon-act.tsx';
import { usePeopleTexts } from './people-texts.ts';
import type { LayerDraft } from './rota-draft.ts';

interface LayerEditorProps {
  layer: LayerDraft;
  place: number;
  only: boolean;
  persons: readonly Person[];
  errorOf: (field: string) => string | undefined;
  set: (change: Partial<LayerDraft>) => void;
  remove: () => void;
}

const usual = [1, 7, 14];

/** One layer: its people in their order, when they hand over, and where it is limited to. */
export function LayerEditor({ layer, place, only, persons, errorOf, set, remove }: LayerEditorProps) {
  const { onCall } = usePeopleTexts();
  const texts = onCall.form;
  const [custom, setCustom] = useState(!usual.includes(layer.everyDays));
  return (
    <fieldset className="v-group">
      <legend>{texts.layer(place + 1)}</legend>
      <div className="v-layer-line">
        <TextInput
          label={texts.layerName}
          value={layer.name}
          error={errorOf('name')}
          maxLength={100}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        {!only && (
          <IconAct label={`${texts.removeLayer} ${place + 1}`} icon={<IconTrash size={14} />} onClick={remove} />
        )}
      </div>
      <LayerPeople layer={layer} persons={persons} error={errorOf('personIds')} set={set} />
      <div className="v-layer-line">
        <NativeSelect
          label={texts.rotation}
          value={custom ? 'custom' : String(layer.everyDays)}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setCustom(value === 'custom');
            if (value !== 'custom') set({ everyDays: Number(value) });
          }}
          data={[
            { value: '1', label: texts.daily },
            { value: '7', label: texts.weekly },
            { value: '14', label: texts.fortnightly },
            { value: 'custom', label: texts.custom },
          ]}
        />
        {custom && (
          <NumberInput
            label={texts.everyDays}
            min={1}
            max={366}
            value={layer.everyDays}
            onChange={(value) => set({ everyDays: Number(value) || 1 })}
          />
        )}
        <TextInput
          type="time"
          label={texts.handOverAt}
          value={layer.handOverAt}
          error={errorOf('handOverAt')}
          onChange={(event) => set({ handOverAt: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={texts.startsOn}
          value={layer.startsOn}
          error={errorOf('startsOn')}
          onChange={(event) => set({ startsOn: event.currentTarget.value })}
        />
      </div>
      <LayerLimits layer={layer} set={set} />
    </fieldset>
  );
}

function LayerPeople({
  layer,
  persons,
  error,
  set,
}: Pick<LayerEditorProps, 'layer' | 'persons' | 'set'> & { error: string | undefined }) {
  const { onCall } = usePeopleTexts();
  const texts = onCall.form;
  const { personIds } = layer;
  const nameOf = (id: string): string => persons.find((person) => person.id === id)?.name ?? id;
  const move = (place: number, by: -1 | 1): void => {
    const ids = [...personIds];
    const [moved] = ids.splice(place, 1);
    if (moved !== undefined) ids.splice(place + by, 0, moved);
    set({ personIds: ids });
  };
  return (
    <div>
      <span className="v-chooser-label">{texts.people}</span>
      <ol className="v-layer-people">
        {personIds.map((id, place) => (
          // The same person may take two turns of a round.
          <li key={`${id} ${personIds.indexOf(id) === place ? '' : place}`}>
            <span>{nameOf(id)}</span>
            <span>
              <IconAct
                label={`↑ ${nameOf(id)}`}
                icon={<IconArrowUp size={13} />}
                idle={place === 0}
                onClick={() => move(place, -1)}
              />
              <IconAct
                label={`↓ ${nameOf(id)}`}
                icon={<IconArrowDown size={13} />}
                idle={place === personIds.length - 1}
                onClick={() => move(place, 1)}
              />
              <IconAct
                label={`× ${nameOf(id)}`}
                icon={<IconX size={13} />}
                onClick={() => set({ personIds: personIds.filter((_one, at) => at !== place) })}
              />
            </span>
          </li>
        ))}
      </ol>
      <NativeSelect
        aria-label={texts.people}
        value=""
        error={error}
        onChange={(event) =>
          event.currentTarget.value !== '' && set({ personIds: [...personIds, event.currentTarget.value] })
        }
        data={[{ value: '', label: texts.addPerson }, ...persons.map(({ id, name }) => ({ value: id, label: name }))]}
      />
    </div>
  );
}

function LayerLimits({ layer, set }: Pick<LayerEditorProps, 'layer' | 'set'>) {
  const { onCall } = usePeopleTexts();
  const texts = onCall.form;
  const format = new Intl.DateTimeFormat(useLanguage(), { weekday: 'short', timeZone: 'UTC' });
  return (
    <>
      <fieldset className="v-day-boxes">
        <legend>{texts.days}</legend>
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <Checkbox
            key={day}
            // The first of January 2024 was a Monday.
            label={format.format(new Date(Date.UTC(2024, 0, day)))}
            checked={layer.days.includes(day)}
            onChange={(event) =>
              set({
                days: event.currentTarget.checked
                  ? [...layer.days, day].toSorted((one, other) => one - other)
                  : layer.days.filter((one) => one !== day),
              })
            }
          />
        ))}
      </fieldset>
      <div className="v-layer-line">
        <TextInput
          type="time"
          label={texts.hours}
          value={layer.from}
          onChange={(event) => set({ from: event.currentTarget.value })}
        />
        <TextInput
          type="time"
          label={texts.until}
          value={layer.until}
          onChange={(event) => set({ until: event.currentTarget.value })}
        />
        <NativeSelect
          label={texts.onHolidays}
          value={layer.onHolidays}
          onChange={(event) =>
            set({ onHolidays: layerWords.shape.onHolidays.unwrap().parse(event.currentTarget.value) })
          }
          data={(['same', 'off', 'only'] as const).map((value) => ({ value, label: texts.holidayChoices[value] }))}
        />
      </div>
    </>
  );
}
