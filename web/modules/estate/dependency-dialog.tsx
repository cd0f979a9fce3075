import { Group, Modal } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { DependencyRehearsal } from '#contract/dependency-rehearsal.ts';
import type { ThingRef } from '#contract/words.ts';
import { calmScreens as en } from '#texts/en/calm-screens.ts';
import { calmScreens as fr } from '#texts/fr/calm-screens.ts';
import { api } from '#web/shell/api.ts';
import { useTexts } from '#web/shell/language.tsx';
import { queryClient } from '#web/shell/query-client.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { formatDuration } from '#web/ui/format.ts';
import { Time } from '#web/ui/time.tsx';
import { useUi } from '#web/ui/words.ts';
import { Link } from 'react-router';

const days = 30;

const useDependencyTexts = () => useTexts({ en, fr }).dependency;

interface DependencyDialogProps {
  wanted: { dependent: ThingRef; on: ThingRef };
  onClose: () => void;
}

/** Tries a dependency on the stored past, and saves it once somebody has seen what it would have held back. */
export function DependencyDialog({ wanted, onClose }: DependencyDialogProps) {
  const texts = useDependencyTexts();
  const { words } = useUi();
  const tried = useQuery({
    ...api.watch.dependencies.rehearse.queryOptions({ input: { ...wanted, days } }),
    staleTime: 60_000,
    retry: false,
  });
  const add = useMutation(
    api.estate.dependencies.add.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: api.estate.dependencies.key() });
        onClose();
      },
    }),
  );
  const { data } = tried;
  const failed = add.error ?? tried.error;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={<strong>{texts.title(data?.dependent.name ?? '…', data?.on.name ?? '…')}</strong>}
      closeButtonProps={{ 'aria-label': words.actions.close }}
    >
      {tried.isPending && <p className="v-quiet">{texts.trying}</p>}
      {data !== undefined && <Tried rehearsal={data} />}
      {failed !== null && (
        <p className="v-problem-text" role="alert">
          {sentenceOf(failed).text}
        </p>
      )}
      <Group justify="flex-end" gap={8} mt={14}>
        <ActionButton onClick={onClose}>{words.actions.cancel}</ActionButton>
        <ActionButton main busy={add.isPending} onClick={() => add.mutate(wanted)}>
          {texts.save}
        </ActionButton>
      </Group>
    </Modal>
  );
}

function useSentences({ on, guards, alerts, later, unknown, tickets, cut }: DependencyRehearsal): string[] {
  const texts = useDependencyTexts();
  if (guards === 0) return [texts.noGuards(on.name)];
  if (alerts === 0) return [texts.noAlerts];
  const { kept, joined, lost } = tickets;
  return [
    ...(later > 0 ? [texts.later(later)] : []),
    ...(unknown > 0 ? [texts.unknown(unknown, on.name)] : []),
    ...(kept + joined + lost === 0 ? [texts.noTickets] : []),
    ...(kept > 0 ? [texts.kept(kept)] : []),
    ...(joined > 0 ? [texts.joined(joined, on.name)] : []),
    ...(lost > 0 ? [texts.lost(lost)] : []),
    ...(cut ? [texts.cut] : []),
  ];
}

function Tried({ rehearsal }: { rehearsal: DependencyRehearsal }) {
  const texts = useDependencyTexts();
  const { guards, alerts, held, on, tickets, items } = rehearsal;
  const sentences = useSentences(rehearsal);
  const lost = tickets.items.filter(({ fate }) => fate !== 'kept');
  return (
    <section className="v-rehearsal" aria-live="polite" aria-label={texts.days(days)}>
      <p>{texts.lead(on.name)}</p>
      <h3 className="v-estate-tried">{texts.days(days)}</h3>
      <p>
        {guards > 0 && alerts > 0 && <strong>{texts.verdict(held, alerts)} </strong>}
        {sentences.join(' ')}
      </p>
      {lost.length > 0 && (
        <ul>
          {lost.map(({ ticketId, number, title, fate }) => (
            <li key={ticketId}>
              <Link className="v-link" to={paths.ticket(ticketId)}>{`#${number} ${title}`}</Link>{' '}
              <span className="v-quiet">{fate === 'kept' ? '' : texts.fates[fate]}</span>
            </li>
          ))}
        </ul>
      )}
      {items.length > 0 && <HeldTable items={items} />}
    </section>
  );
}

function HeldTable({ items }: Pick<DependencyRehearsal, 'items'>) {
  const texts = useDependencyTexts();
  const { locale } = useUi();
  return (
    <div className="v-estate-held">
      <table aria-label={texts.items}>
        <thead>
          <tr>
            <th scope="col">{texts.columns.at}</th>
            <th scope="col">{texts.columns.check}</th>
            <th scope="col">{texts.columns.because}</th>
            <th scope="col">{texts.columns.fate}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.alertId}>
              <td>
                <Time at={item.at} show="clock" />
              </td>
              <td>{`${item.target.name} – ${item.checkName}`}</td>
              <td>{item.because.name}</td>
              <td>
                {item.laterSeconds === null
                  ? texts.fates[item.fate]
                  : texts.laterBy(formatDuration(item.laterSeconds * 1_000, locale))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
