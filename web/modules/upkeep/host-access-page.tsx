import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { IconPlugConnected, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useParams } from 'react-router';
import { api, client } from '#web/shell/api.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { Chip } from '#web/ui/chip.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { formatDuration } from '#web/ui/format.ts';
import { useKeys } from '#web/ui/keys.ts';
import { ThingPage } from '#web/ui/thing-page.tsx';
import { Section } from '#web/ui/section.tsx';
import { useUi } from '#web/ui/words.ts';
import { paths } from '#web/paths.ts';
import { AccessForm } from './access-form.tsx';
import { useUpkeepTexts } from './upkeep-texts.ts';
import { accessQuery, hostsQuery } from './upkeep-queries.ts';
import './upkeep.css';

/** How Vigie signs in on one host: a credential, and the host's keys that a person has compared. */
export function HostAccessPage() {
  const { id = '' } = useParams();
  const { access: texts } = useUpkeepTexts();
  const host = useSuspenseQuery(hostsQuery).data.find((each) => each.id === id);
  const access = useQuery(accessQuery(id));
  const trial = useTrial();
  const name = host?.name ?? '';
  const isSet = access.data !== null && access.data !== undefined;
  return (
    <>
      <title>{texts.of(name)}</title>
      <ThingPage
        kind={texts.actions}
        name={texts.of(name)}
        lead={texts.lead}
        actions={<AccessActions hostId={id} name={name} isSet={isSet} trial={trial} />}
        {...(host === undefined ? {} : { chips: <Chip to={paths.host(id)}>{host.name}</Chip> })}
      >
        <TrialAnswer trial={trial} />
        <Section title={texts.how}>
          {access.isError && <p className="v-problem-text">{sentenceOf(access.error).text}</p>}
          {access.data !== undefined && <AccessForm key={id} hostId={id} access={access.data} />}
        </Section>
      </ThingPage>
    </>
  );
}

type Trial = ReturnType<typeof useTrial>;

function useTrial() {
  return useMutation({ ...api.upkeep.access.test.mutationOptions(), meta: { quiet: true } });
}

function AccessActions(props: { hostId: string; name: string; isSet: boolean; trial: Trial }) {
  const { hostId, name, isSet, trial } = props;
  const { access: texts } = useUpkeepTexts();
  const mayRun = useRefusal('upkeep.run');
  const maySet = useRefusal('upkeep.secrets');
  const [removing, setRemoving] = useState(false);
  const refusal = mayRun ?? (isSet ? undefined : texts.testFirst);
  const run = (): void => trial.mutate({ hostId });
  useKeys(texts.title, [{ keys: 't', label: texts.test, run: () => refusal === undefined && run() }]);
  const remove = async (): Promise<void> => {
    await spoken(client.upkeep.access.remove({ hostId }));
    queryClient.setQueryData(accessQuery(hostId).queryKey, null);
  };
  return (
    <>
      <ActionButton
        icon={<IconPlugConnected size={15} />}
        keys="t"
        refusal={refusal}
        busy={trial.isPending}
        onClick={run}
      >
        {texts.test}
      </ActionButton>
      {isSet && (
        <ActionButton icon={<IconTrash size={15} />} refusal={maySet} onClick={() => setRemoving(true)}>
          {texts.remove}
        </ActionButton>
      )}
      <ConfirmDialog
        opened={removing}
        title={texts.removeTitle(name)}
        verb={texts.remove}
        onConfirm={remove}
        onClose={() => setRemoving(false)}
      >
        {texts.removeText}
      </ConfirmDialog>
    </>
  );
}

/** What the trial said, in place. */
function TrialAnswer({ trial }: { trial: Trial }) {
  const { access: texts } = useUpkeepTexts();
  const { locale } = useUi();
  const { data: answer, error } = trial;
  if (error !== null) {
    return (
      <p className="v-access-answer v-problem-text" role="alert">
        {texts.failed} {sentenceOf(error).text}
      </p>
    );
  }
  if (answer === undefined) return null;
  return answer.ok ? (
    <output className="v-access-answer">{texts.worked(formatDuration(answer.durationMs, locale))}</output>
  ) : (
    <output className="v-access-answer v-problem-text">{answer.message}</output>
  );
}
