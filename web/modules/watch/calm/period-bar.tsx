import { Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAdjustmentsHorizontal, IconCheck, IconLink } from '@tabler/icons-react';
import { formatExact } from '#web/ui/format.ts';
import { useUi } from '#web/ui/words.ts';
import {
  compareSeconds,
  isCompare,
  periodWords,
  spanOf,
  writeView,
  type ChartView,
  type PeriodWord,
} from '../measurements/chart-period.ts';
import { useMeasurementTexts } from '../measurements/measurement-texts.ts';
import '../watch.css';

const compares = Object.keys(compareSeconds).filter(isCompare);

interface PeriodBarProps {
  view: ChartView;
  usual: PeriodWord;
  onChange: (change: Partial<ChartView>) => void;
  /** Longest period that makes sense here; all when left out. */
  periods?: readonly PeriodWord[];
}

/** The choice of period, and of what is shown beside the means; all of it stands in the address. */
export function PeriodBar({ view, usual, onChange, periods = periodWords }: PeriodBarProps) {
  const texts = useMeasurementTexts();
  const { locale, timeZone } = useUi();
  const exact = (seconds: number): string => formatExact(new Date(seconds * 1000), locale, timeZone);
  return (
    <div className="v-period-bar">
      {view.chosen !== undefined && (
        <span className="v-quiet v-number">
          {exact(view.chosen.from)} – {exact(view.chosen.until)}
        </span>
      )}
      <fieldset className="v-ranges" aria-label={texts.period.label}>
        {periods.map((each) => (
          <button
            key={each}
            type="button"
            className="v-tab"
            aria-pressed={each === view.period && view.chosen === undefined}
            onClick={() => onChange({ period: each, chosen: undefined })}
          >
            {texts.period.words[each]}
          </button>
        ))}
      </fieldset>
      <ShowMenu view={view} onChange={onChange} />
      <CopyLink view={view} usual={usual} />
    </div>
  );
}

function mark(on: boolean) {
  return on ? <IconCheck size={15} /> : <span style={{ width: 15 }} />;
}

function ShowMenu({ view, onChange }: Pick<PeriodBarProps, 'view' | 'onChange'>) {
  const { show } = useMeasurementTexts();
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <button type="button" className="v-more" aria-label={show.label} title={show.label}>
          <IconAdjustmentsHorizontal size={16} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          role="menuitemcheckbox"
          aria-checked={view.band}
          leftSection={mark(view.band)}
          onClick={() => onChange({ band: !view.band })}
        >
          {show.band}
        </Menu.Item>
        <Menu.Item
          role="menuitemcheckbox"
          aria-checked={view.percentile}
          leftSection={mark(view.percentile)}
          onClick={() => onChange({ percentile: !view.percentile })}
        >
          {show.percentile}
        </Menu.Item>
        <Menu.Label>{show.compare}</Menu.Label>
        {compares.map((each) => (
          <Menu.Item
            key={each}
            role="menuitemradio"
            aria-checked={each === view.compare}
            leftSection={mark(each === view.compare)}
            onClick={() => onChange({ compare: each })}
          >
            {show.compares[each]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The address of exactly what is seen now: a period "up to now" would show something else tomorrow. */
function CopyLink({ view, usual }: Pick<PeriodBarProps, 'view' | 'usual'>) {
  const { period } = useMeasurementTexts();
  const copy = async (): Promise<void> => {
    const here = new URL(globalThis.location.href);
    here.search = writeView(here.searchParams, { ...view, chosen: spanOf(view) }, usual).toString();
    await navigator.clipboard.writeText(here.href);
    notifications.show({ message: period.copied });
  };
  return (
    <button type="button" className="v-more" aria-label={period.copy} title={period.copy} onClick={() => void copy()}>
      <IconLink size={16} />
    </button>
  );
}
