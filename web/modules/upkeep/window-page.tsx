import { useSuspenseQuery } from '@tanstack/react-query';
import { IconPencil, IconPlayerStop, IconTag } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { MaintenanceWindow, WindowChange } from '#contract/maintenance-window.ts';
import type { WindowTurn } from '#contract/window-turn.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ThingChip } from '#web/shell/thing-link.tsx';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { Duration } from '#web/ui/duration.tsx';
import { FactsPanel } from '#web/ui/facts-panel.tsx';
import { formatDuration, formatExact } from '#web/ui/format.ts';
import { Section } from '#web/ui/section.tsx';
import { StateBadge } from '#web/ui/state-badge.tsx';
import { Story } from '#web/ui/story.tsx';
import { ThingPage } from '#web/ui/thing-page.tsx';
import { Time } from '#web/ui/time.tsx';
import { useUi } from '#web/ui/words.ts';
import { windowHistoryQuery, windowQuery, windowTurnsQuery } from './upkeep-queries.ts';
import { useWindowTexts } from './window-texts.ts';
import './upkeep.css';

/** One maintenance window: when, on what and why; what came of its turns; who changed what. */
export function WindowPage() {
  const { id = '' } = useParams();
  const texts = useWindowTexts();
  const window = useSuspenseQuery(windowQuery(id)).data;
  const turns = useSuspenseQuery(windowTurnsQuery(id)).data.items;
  const { current, next } = window;
  const state = current !== null ? texts.now : next.length > 0 ? texts.planned : texts.over;
  return (
    <ThingPage
      kind={texts.one}
      name={window.name}
      lead={
        <>
          {state} {window.reason !== '' && `– ${window.reason}`}
        </>
      }
      chips={[
        ...window.targets.map((target) => <ThingChip key={target.id} thing={target} />),
        ...window.tags.map((tag) => (
          <span key={tag} className="v-window-tag">
            <IconTag size={13} stroke={1.7} aria-hidden="true" /> {tag}
          </span>
        )),
      ]}
      actions={<WindowActs window={window} isOver={current === null && next.length === 0} />}
      facts={<WindowFacts window={window} />}
    >
      <Section title={texts.turns}>
        {turns.length === 0 && <p className="v-quiet">{texts.noTurns}</p>}
        {turns.map((turn) => (
          <Turn key={turn.from} turn={turn} />
        ))}
      </Section>
      <Section title={texts.history}>
        <WindowHistory id={id} />
      </Section>
    </ThingPage>
  );
}

function WindowActs({ window: { id, name }, isOver }: { window: MaintenanceWindow; isOver: boolean }) {
  const texts = useWindowTexts();
  const forbidden = useRefusal('upkeep.write');
  const [asking, setAsking] = useState(false);
  const refusal = forbidden ?? (isOver ? texts.over : undefined);
  const end = async (): Promise<void> => {
    await spoken(client.upkeep.windows.end({ id }));
    await queryClient.invalidateQueries({ queryKey: api.upkeep.windows.key() });
  };
  return (
    <>
      <ActionButton icon={<IconPlayerStop size={15} />} refusal={refusal} onClick={() => setAsking(true)}>
        {texts.endNow}
      </ActionButton>
      <ActionButton main icon={<IconPencil size={15} />} to={paths.windowEdit(id)} refusal={refusal}>
        {texts.edit}
      </ActionButton>
      <ConfirmDialog opened={asking} title={name} verb={texts.endNow} onConfirm={end} onClose={() => setAsking(false)}>
        {texts.empty.text}
      </ConfirmDialog>
    </>
  );
}

function WindowFacts({ window }: { window: MaintenanceWindow }) {
  const texts = useWindowTexts();
  const { fields, columns } = texts;
  const nextTurn = window.current ?? window.next[0];
  return (
    <FactsPanel
      facts={[
        { name: 'startsAt', label: fields.startsAt, shown: <Time at={window.startsAt} show="clock" /> },
        {
          name: 'lasts',
          label: fields.durationMinutes,
          shown: <Duration ms={window.durationMinutes * 60_000} />,
        },
        { name: 'repeats', label: fields.repeats, shown: texts.repeats[window.repeats] },
        ...(window.repeats === 'never' ? [] : [{ name: 'timeZone', label: fields.timeZone, shown: window.timeZone }]),
        ...(nextTurn === undefined
          ? []
          : [{ name: 'next', label: columns.next, shown: <Time at={nextTurn.from} show="clock" /> }]),
        { name: 'by', label: columns.by, shown: window.by.name },
      ]}
    />
  );
}

function closingWord(
  { endedAt, verifiedAt, checks, compared, worse }: WindowTurn,
  texts: ReturnType<typeof useWindowTexts>['turn'],
): string {
  if (endedAt === null) return texts.going(checks);
  if (verifiedAt === null) return texts.looking;
  return worse.length === 0 ? texts.same(compared) : texts.worse(worse.length, compared);
}

function Turn({ turn }: { turn: WindowTurn }) {
  const texts = useWindowTexts().turn;
  const { from, until, endedAt, verifiedAt, worse } = turn;
  return (
    <article className="v-window-turn">
      <p>
        <strong>
          <Time at={from} show="clock" /> – <Time at={until} show="clock" />
        </strong>{' '}
        {closingWord(turn, texts)}{' '}
        {endedAt === null && worse.length > 0 && <strong>{texts.worseNow(worse.length)}</strong>}{' '}
        {verifiedAt !== null && (
          <span className="v-quiet">
            {texts.verified} <Time at={verifiedAt} />
          </span>
        )}
      </p>
      {worse.length > 0 && <WorseTable turn={turn} />}
    </article>
  );
}

function WorseTable({ turn: { verifiedAt, worse } }: { turn: WindowTurn }) {
  const texts = useWindowTexts().turn;
  const { columns } = texts;
  return (
    <div className="v-window-worse">
      <table>
        <thead>
          <tr>
            <th scope="col">{columns.check}</th>
            <th scope="col">{columns.before}</th>
            <th scope="col">{verifiedAt === null ? columns.afterNow : columns.after}</th>
            {verifiedAt !== null && <th scope="col">{columns.now}</th>}
          </tr>
        </thead>
        <tbody>
          {worse.map(({ checkId, name, target, before, after, now }, place) => (
            <tr key={checkId ?? `gone ${place}`}>
              <td>
                {checkId === null ? (
                  <span className="v-quiet">{texts.gone}</span>
                ) : (
                  <Link className="v-link" to={paths.check(checkId)}>{`${target} – ${name}`}</Link>
                )}
              </td>
              <td>
                <StateBadge state={before} />
              </td>
              <td>
                <StateBadge state={after} />
              </td>
              {verifiedAt !== null && <td>{now !== null && <StateBadge state={now} />}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A field's value as people say it. */
function useSaid(): (field: WindowChange['fields'][number]['field'], value: string) => string {
  const texts = useWindowTexts();
  const { locale, timeZone } = useUi();
  return (field, value) => {
    if (value === '') return texts.nothing;
    if (field === 'startsAt' || field === 'lastAt') return formatExact(new Date(value), locale, timeZone);
    if (field === 'durationMinutes') return formatDuration(Number(value) * 60_000, locale);
    if (field === 'days')
      return value
        .split(',')
        .map((day) => texts.form.dayNames[Number(day) - 1] ?? day)
        .join(', ');
    const repeats: Readonly<Record<string, string>> = texts.repeats;
    return field === 'repeats' ? (repeats[value] ?? value) : value;
  };
}

function WindowHistory({ id }: { id: string }) {
  const texts = useWindowTexts();
  const said = useSaid();
  const { items } = useSuspenseQuery(windowHistoryQuery(id)).data;
  return (
    <Story
      label={texts.history}
      events={items.map(({ at, by, what, fields }) => ({
        id: `${at} ${what}`,
        at,
        who: by.name,
        text: texts.what[what],
        ...(fields.length === 0
          ? {}
          : {
              proof: (
                <ul>
                  {fields.map(({ field, before, after }) => (
                    <li key={field}>
                      {texts.fieldChange(texts.fields[field], said(field, before), said(field, after))}
                    </li>
                  ))}
                </ul>
              ),
            }),
      }))}
    />
  );
}
