import { useSuspenseQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { LevelPolicy } from '#contract/desk-levels.ts';
import { api, client } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { useNow } from '#web/ui/clock.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { queryClient } from '#web/shell/query-client.ts';
import { paths } from '#web/paths.ts';
import { useLevelTexts } from './level-texts.ts';
import { goals } from './policy-draft.ts';
import { useDeskSections } from '../use-desk-sections.ts';
import { useTicketTexts } from '../tickets/ticket-texts.ts';
import './levels.css';
import '../portal/mine.css';

const monthMs = 30 * 86_400_000;

/** What is promised, in which hours, and how much of it was kept. */
export function LevelsPage() {
  const texts = useLevelTexts();
  const { list } = texts;
  const desk = useTicketTexts();
  const language = useLanguage();
  const refusal = useRefusal('desk.settings');
  const policies = useSuspenseQuery(api.desk.levels.policies.list.queryOptions({ input: {} })).data.items;
  const calendars = useSuspenseQuery(api.desk.levels.calendars.list.queryOptions({ input: {} })).data.items;
  return (
    <section className="v-page v-levels" data-scroll="">
      <title>{texts.title}</title>
      <header className="v-page-head">
        <h1 className="v-title">{texts.title}</h1>
        <div className="v-page-actions">
          <ActionButton main to={paths.levelPolicy('new')} icon={<IconPlus size={15} />} refusal={refusal}>
            {list.newPolicy}
          </ActionButton>
          <ActionButton to={paths.businessCalendar('new')} icon={<IconPlus size={15} />} refusal={refusal}>
            {list.newCalendar}
          </ActionButton>
        </div>
      </header>
      <SectionTabs label={desk.title} tabs={useDeskSections()} />
      <div className="v-level-page">
        <Section title={list.policies} aside={<span className="v-quiet">{list.order}</span>}>
          {policies.length === 0 ? (
            <EmptyState title={list.none}>{list.noneHelp}</EmptyState>
          ) : (
            <ul className="v-level-list">
              {policies.map((policy) => (
                <PolicyLine key={policy.id} policy={policy} />
              ))}
            </ul>
          )}
        </Section>
        <Section title={list.calendars}>
          <ul className="v-level-list">
            {calendars.map((calendar) => (
              <li key={calendar.id}>
                <Link className="v-link" to={paths.businessCalendar(calendar.id)}>
                  {calendar.name[language]}
                </Link>{' '}
                <span className="v-quiet">{calendar.timeZone}</span>
              </li>
            ))}
          </ul>
        </Section>
        <Figures />
      </div>
    </section>
  );
}

function PolicyLine({ policy }: { policy: LevelPolicy }) {
  const { list, policy: texts } = useLevelTexts();
  const { kinds } = useTicketTexts();
  const language = useLanguage();
  const refusal = useRefusal('desk.settings');
  const [removing, setRemoving] = useState(false);
  const reach = [...policy.match.kinds.map((kind) => kinds[kind]), ...policy.match.domains].join(', ');
  const remove = async (): Promise<void> => {
    await client.desk.levels.policies.remove({ id: policy.id });
    await queryClient.invalidateQueries({ queryKey: api.desk.key() });
  };
  return (
    <li>
      <Link className="v-link" to={paths.levelPolicy(policy.id)}>
        {policy.name[language]}
      </Link>{' '}
      <span className="v-quiet">
        {reach === '' ? list.forAll : reach}
        {!policy.active && ` · ${list.inactive}`}
      </span>{' '}
      <ActionButton refusal={refusal} onClick={() => setRemoving(true)}>
        {texts.remove}
      </ActionButton>
      <ConfirmDialog
        opened={removing}
        title={policy.name[language]}
        verb={texts.remove}
        onConfirm={remove}
        onClose={() => setRemoving(false)}
      >
        {texts.removeText}
      </ConfirmDialog>
    </li>
  );
}

function Figures() {
  const texts = useLevelTexts();
  const now = useNow();
  const [until] = useState(() => new Date(now));
  const { items } = useSuspenseQuery(
    api.desk.levels.figures.queryOptions({
      input: { from: new Date(until.getTime() - monthMs).toISOString(), until: until.toISOString() },
    }),
  ).data;
  const sums = goals.flatMap((goal) => items.filter((one) => one.goal === goal && one.priority === null));
  return (
    <Section title={texts.list.figures}>
      {sums.length === 0 ? (
        <p className="v-quiet">{texts.list.noFigures}</p>
      ) : (
        <table className="v-level-times">
          <tbody>
            {sums.map(({ goal, met, missed, keptPercent }) => (
              <tr key={goal}>
                <th scope="row">{texts.goals[goal]}</th>
                <td className="v-number">{keptPercent} %</td>
                <td className="v-number">{texts.list.kept(met, met + missed)}</td>
                <td className="v-quiet">
                  {items
                    .filter((one) => one.goal === goal && one.priority !== null)
                    .map(
                      (one) =>
                        `${one.priority === null ? '' : texts.priorities[one.priority]} ${one.keptPercent ?? 0} %`,
                    )
                    .join(' · ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
