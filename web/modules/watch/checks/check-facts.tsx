import { importance } from '#contract/profile.ts';
import type { Check } from '#contract/watch.ts';

import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ThingLink } from '#web/shell/thing-link.tsx';
import { Duration } from '#web/ui/duration.tsx';
import { FactsPanel, type Fact } from '#web/ui/facts-panel.tsx';
import { Time } from '#web/ui/time.tsx';
import { useWatchTexts } from '../watch-texts.ts';

type Change = Omit<Parameters<typeof client.watch.checks.change>[0], 'id'>;

/** The facts of a check; name and interval can be changed in place. */
export function CheckFacts({ check, kind }: { check: Check; kind: string }) {
  const { checkPage, settings } = useWatchTexts();
  const { facts } = checkPage;
  const refusal = useRefusal('watch.write');
  const save = async (change: Change): Promise<void> => {
    try {
      await client.watch.checks.change({ id: check.id, ...change });
    } catch (error) {
      throw new Error(sentenceOf(error).text, { cause: error });
    }
    await queryClient.invalidateQueries({ queryKey: api.watch.checks.key() });
  };
  const shown: Fact[] = [
    {
      name: 'name',
      label: facts.name,
      shown: check.name,
      refusal,
      edit: { kind: 'line', value: check.name, save: (name) => save({ name }) },
    },
    { name: 'target', label: facts.target, shown: <ThingLink thing={check.target} /> },
    { name: 'address', label: facts.address, shown: check.address },
    { name: 'kind', label: facts.kind, shown: kind },
    {
      name: 'interval',
      label: facts.interval,
      shown: <Duration ms={check.intervalSeconds * 1000} />,
      refusal,
      edit: {
        kind: 'line',
        value: String(check.intervalSeconds),
        save: (seconds) => save({ intervalSeconds: Number(seconds) }),
      },
    },
  ];
  shown.push({
    name: 'importance',
    label: facts.importance,
    shown: <span title={settings.importanceHelp}>{settings.importances[check.importance]}</span>,
    refusal,
    edit: {
      kind: 'choice',
      value: check.importance,
      choices: importance.options.map((value) => ({ value, label: settings.importances[value] })),
      save: (next) => save({ importance: importance.parse(next) }),
    },
  });
  if (check.lastResultAt !== null) {
    shown.push({ name: 'last', label: facts.last, shown: <Time at={check.lastResultAt} /> });
  }
  if (check.nextAt !== null && !check.paused) {
    shown.push({ name: 'next', label: facts.next, shown: <Time at={check.nextAt} /> });
  }
  if (check.silencedUntil !== null) {
    shown.push({ name: 'silenced', label: facts.silenced, shown: <Time at={check.silencedUntil} show="clock" /> });
  }
  return <FactsPanel facts={shown} />;
}
