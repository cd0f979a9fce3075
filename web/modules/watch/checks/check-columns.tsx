import { IconActivity, IconBellOff, IconPlayerPause } from '@tabler/icons-react';
import { useMemo } from 'react';
import { importance } from '#contract/profile.ts';
import type { Check } from '#contract/watch.ts';
import { ThingLink } from '#web/shell/thing-link.tsx';
import { Duration } from '#web/ui/duration.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { StateBadge } from '#web/ui/state-badge.tsx';
import { severityOf, stateNames } from '#web/ui/state.ts';
import { Time } from '#web/ui/time.tsx';
import { useUi } from '#web/ui/words.ts';
import { useWatchTexts } from '../watch-texts.ts';
import '../watch.css';

/** A check's state with what else one must know at a glance: paused, silenced, flapping. */
export function CheckState({ check }: { check: Check }) {
  const texts = useWatchTexts();
  if (check.paused) {
    return (
      <span className="v-quiet v-watch-paused">
        <IconPlayerPause size={14} aria-hidden="true" /> {texts.paused}
      </span>
    );
  }
  return (
    <span className="v-watch-state">
      <StateBadge state={check.state} />
      {check.silencedUntil !== null && (
        <span className="v-quiet" title={texts.silencedUntil}>
          <IconBellOff size={14} aria-hidden="true" />
          <span className="v-unseen">{texts.views.silenced}</span>
        </span>
      )}
      {check.flapping && (
        <span className="v-quiet" title={`${texts.flapping} – ${texts.flappingHelp}`}>
          <IconActivity size={14} aria-hidden="true" />
          <span className="v-unseen">{texts.flapping}</span>
        </span>
      )}
    </span>
  );
}

function Summary({ check }: { check: Check }) {
  const texts = useWatchTexts();
  if (check.because !== null) return texts.because(check.because.name);
  return check.lastResultAt === null ? <span className="v-quiet">{texts.notYet}</span> : check.summary;
}

interface Kind {
  readonly name: string;
  readonly title: string;
}

/** Columns of the list of checks; `kinds` gives the words of the kinds. */
export function useCheckColumns(kinds: readonly Kind[]): Column<Check>[] {
  const texts = useWatchTexts();
  const { words } = useUi();
  // The same from one drawing to the next, so that ten thousand rows are not put in order again.
  return useMemo(() => checkColumns(kinds, texts, words), [kinds, texts, words]);
}

function checkColumns(
  kinds: readonly Kind[],
  texts: ReturnType<typeof useWatchTexts>,
  words: ReturnType<typeof useUi>['words'],
): Column<Check>[] {
  const { columns, aliases } = texts;
  return [
    { name: 'name', title: columns.name, value: (check) => check.name, width: 'minmax(110px, 1.2fr)' },
    {
      name: 'state',
      title: columns.state,
      aliases: aliases.state,
      value: (check) => (check.paused ? 'paused' : check.state),
      order: (check) => (check.paused ? stateNames.length : severityOf(check.state)),
      cell: (check) => <CheckState check={check} />,
      choices: [
        ...stateNames
          .filter((state) => state !== 'maintenance' && state !== 'silenced')
          .map((state) => ({ value: state, label: words.states[state] })),
        { value: 'paused', label: texts.paused },
      ],
      width: '140px',
      onPhone: true,
    },
    {
      name: 'target',
      title: columns.target,
      aliases: aliases.target,
      value: (check) => check.target.name,
      cell: (check) => <ThingLink thing={check.target} />,
      width: 'minmax(90px, 1fr)',
      onPhone: true,
    },
    {
      name: 'kind',
      title: columns.kind,
      aliases: aliases.kind,
      value: (check) => check.kind,
      choices: kinds.map((kind) => ({ value: kind.name, label: kind.title })),
      width: '120px',
    },
    {
      name: 'summary',
      title: columns.summary,
      value: (check) => check.summary,
      cell: (check) => <Summary check={check} />,
      width: 'minmax(200px, 2.2fr)',
    },
    {
      name: 'since',
      title: columns.since,
      value: (check) => new Date(check.since),
      cell: (check) => <Duration since={check.since} />,
      width: '104px',
      align: 'end',
    },
    ...lateColumns(texts, words.list.noValue),
  ];
}

/** Columns that are not shown until chosen. */
function lateColumns(texts: ReturnType<typeof useWatchTexts>, noValue: string): Column<Check>[] {
  return [
    { name: 'address', title: texts.columns.address, value: (check) => check.address, width: '150px', optional: true },
    {
      name: 'interval',
      title: texts.columns.interval,
      value: (check) => check.intervalSeconds,
      cell: (check) => <Duration ms={check.intervalSeconds * 1000} />,
      width: '90px',
      align: 'end',
      optional: true,
    },
    {
      name: 'importance',
      title: texts.columns.importance,
      value: (check) => check.importance,
      cell: (check) => texts.settings.importances[check.importance],
      choices: importance.options.map((value) => ({ value, label: texts.settings.importances[value] })),
      order: (check) => importance.options.indexOf(check.importance),
      width: '110px',
      optional: true,
    },
    {
      name: 'last',
      title: texts.columns.lastResult,
      value: (check) => (check.lastResultAt === null ? null : new Date(check.lastResultAt)),
      width: '120px',
      optional: true,
    },
    {
      name: 'silenced',
      title: texts.columns.silenced,
      value: (check) => (check.silencedUntil === null ? null : new Date(check.silencedUntil)),
      cell: (check) =>
        check.silencedUntil === null ? (
          <span className="v-quiet">{noValue}</span>
        ) : (
          <Time at={check.silencedUntil} show="clock" />
        ),
      width: '150px',
      optional: true,
    },
  ];
}
