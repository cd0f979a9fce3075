import { TextInput, Textarea } from '@mantine/core';
import type { HolidayDraft } from './holiday-draft.ts';
import { useShellTexts } from './shell-texts.ts';

interface HolidayFieldsProps {
  readonly draft: HolidayDraft;
  /** By the fields of the request; those of one date in a list are shown at the list. */
  readonly errors: Readonly<Record<string, string>>;
  readonly set: (change: Partial<HolidayDraft>) => void;
}

/** The first error of a list, or of anything in it. */
function errorIn(errors: HolidayFieldsProps['errors'], path: string): string | undefined {
  return Object.entries(errors).find(([at]) => at === path || at.startsWith(`${path}.`))?.[1];
}

/** Which days are holidays: those of a country or region, days of one's own, and those on which one works all the same. */
export function HolidayFields({ draft, errors, set }: HolidayFieldsProps) {
  const { holidays: texts } = useShellTexts();
  const list = { autosize: true, maxRows: 12 } as const;
  return (
    <>
      <TextInput
        label={texts.country}
        description={texts.countryHelp}
        maxLength={2}
        classNames={{ input: 'v-short' }}
        value={draft.country}
        error={errorIn(errors, 'holidays.country')}
        onChange={(event) => set({ country: event.currentTarget.value })}
      />
      <TextInput
        label={texts.region}
        description={texts.regionHelp}
        maxLength={10}
        classNames={{ input: 'v-short' }}
        value={draft.region}
        error={errorIn(errors, 'holidays.region')}
        onChange={(event) => set({ region: event.currentTarget.value })}
      />
      <Textarea
        {...list}
        minRows={2}
        label={texts.more}
        description={texts.moreHelp}
        value={draft.more}
        error={errorIn(errors, 'holidays.more')}
        onChange={(event) => set({ more: event.currentTarget.value })}
      />
      <Textarea
        {...list}
        minRows={1}
        label={texts.without}
        description={texts.withoutHelp}
        value={draft.without}
        error={errorIn(errors, 'holidays.without')}
        onChange={(event) => set({ without: event.currentTarget.value })}
      />
    </>
  );
}
