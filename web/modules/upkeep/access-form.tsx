import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { access as accessWord } from '#contract/access.ts';
import { api } from '#web/shell/api.ts';
import { formErrorsOf, sentenceOf } from '#web/shell/refusal-sentence.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { numberOf } from '#web/ui/form/fields.ts';
import { paths } from '#web/paths.ts';
import { keyChoices, type HostKey } from './host-keys.ts';
import { useUpkeepTexts } from './upkeep-texts.ts';
import { accessQuery, credentialsQuery } from './upkeep-queries.ts';
import '#web/ui/form/form.css';
import './upkeep.css';

type Access = z.infer<typeof accessWord>;

function portOf(text: string): number | undefined {
  const port = numberOf(text);
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : undefined;
}

function useAccessForm(hostId: string, access: Access | null, credentials: readonly { id: string }[]) {
  const { access: texts } = useUpkeepTexts();
  const only = credentials.length === 1 ? credentials[0]?.id : undefined;
  const [credentialId, setCredential] = useState(access?.credential.id ?? only ?? '');
  const [port, setPort] = useState(String(access?.port ?? 22));
  const [pinned, setPinned] = useState<readonly HostKey[]>(access?.hostKeys ?? []);
  const [tried, setTried] = useState(false);
  const scan = useMutation({ ...api.upkeep.access.scan.mutationOptions(), meta: { quiet: true } });
  const save = useMutation({
    ...api.upkeep.access.set.mutationOptions({
      onSuccess: (saved) => {
        queryClient.setQueryData(accessQuery(hostId).queryKey, saved);
        void queryClient.invalidateQueries({ queryKey: credentialsQuery.queryKey });
        setPinned(saved.hostKeys);
        notifications.show({ message: texts.saved });
      },
    }),
    meta: { quiet: true },
  });
  const number = portOf(port);
  const send = (): void => {
    setTried(true);
    if (credentialId === '' || number === undefined || pinned.length === 0) return;
    const hostKeys = pinned.map(({ type, key }) => ({ type, key }));
    save.mutate({ hostId, credentialId, port: number, hostKeys });
  };
  return {
    credentialId,
    setCredential,
    port,
    setPort,
    pinned,
    pin: (key: HostKey, on: boolean) =>
      setPinned(on ? [...pinned, key] : pinned.filter((each) => each.fingerprint !== key.fingerprint)),
    scan: () => number !== undefined && scan.mutate({ hostId, port: number }),
    scanning: scan.isPending,
    scanned: scan.data?.hostKeys,
    scanProblem: scan.isError ? sentenceOf(scan.error).text : undefined,
    send,
    saving: save.isPending,
    saveProblem: save.isError ? Object.values(formErrorsOf(save.error)).join(' ') : undefined,
    credentialError: tried && credentialId === '' ? texts.credentialNeeded : undefined,
    portError: number === undefined ? texts.portWrong : undefined,
    pinError: tried && pinned.length === 0 ? texts.pinNeeded : undefined,
  };
}

/** Chooses the credential, asks the host for its keys, and pins those that were compared. */
export function AccessForm({ hostId, access }: { hostId: string; access: Access | null }) {
  const { access: texts } = useUpkeepTexts();
  const refusal = useRefusal('upkeep.secrets');
  const credentials = useSuspenseQuery(credentialsQuery).data.items;
  const form = useAccessForm(hostId, access, credentials);
  return (
    <form
      className="v-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.send();
      }}
    >
      <div className="v-edit-row">
        <NativeSelect
          label={texts.credential}
          value={form.credentialId}
          error={form.credentialError}
          onChange={(event) => form.setCredential(event.currentTarget.value)}
          data={[
            ...(form.credentialId === '' ? [{ value: '', label: texts.chooseCredential }] : []),
            ...credentials.map((each) => ({ value: each.id, label: `${each.name} (${each.user})` })),
          ]}
        />
        <TextInput
          label={texts.port}
          inputMode="numeric"
          value={form.port}
          error={form.portError}
          onChange={(event) => form.setPort(event.currentTarget.value)}
        />
      </div>
      <p className="v-upkeep-none">
        <Link className="v-link" to={paths.credentialNew()}>
          {texts.makeCredential}
        </Link>
      </p>
      <HostKeys form={form} />
      {form.saveProblem !== undefined && (
        <p className="v-problem-text" role="alert">
          {form.saveProblem}
        </p>
      )}
      <div className="v-form-end">
        <ActionButton main submit busy={form.saving} refusal={refusal}>
          {texts.save}
        </ActionButton>
      </div>
    </form>
  );
}

/** The host's keys with their fingerprints, those pinned and those it shows now. */
function HostKeys({ form }: { form: ReturnType<typeof useAccessForm> }) {
  const { access: texts } = useUpkeepTexts();
  const refusal = useRefusal('upkeep.write');
  const choices = keyChoices(form.pinned, form.scanned);
  return (
    <fieldset className="v-group v-keys">
      <legend>{texts.keys}</legend>
      <p className="v-group-help">{texts.keysHelp}</p>
      <div>
        <ActionButton icon={<IconKey size={15} />} busy={form.scanning} refusal={refusal} onClick={form.scan}>
          {form.scanned === undefined ? texts.scan : texts.scanAgain}
        </ActionButton>
      </div>
      {form.scanProblem !== undefined && (
        <p className="v-problem-text" role="alert">
          {form.scanProblem}
        </p>
      )}
      {choices.changed && (
        <p className="v-problem-text" role="alert">
          {texts.changed}
        </p>
      )}
      {choices.keys.length === 0 && <p className="v-quiet v-upkeep-none">{texts.noneScanned}</p>}
      {choices.keys.map(({ key, pinned }) => (
        <Checkbox
          key={key.fingerprint}
          checked={pinned}
          aria-label={texts.pin(key.type)}
          label={
            <>
              <strong>{key.type}</strong> {pinned && <span className="v-quiet">{texts.pinned}</span>}
            </>
          }
          description={<code className="v-fingerprint">{key.fingerprint}</code>}
          onChange={(event) => form.pin(key, event.currentTarget.checked)}
        />
      ))}
      {form.pinError !== undefined && <p className="v-problem-text">{form.pinError}</p>}
    </fieldset>
  );
}
