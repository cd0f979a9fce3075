import { Checkbox, Modal, PasswordInput, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Host } from '#contract/estate.ts';
import type { Profile } from '#contract/profile.ts';
import { secretMark } from '#contract/words.ts';
import { client } from '#web/shell/api.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { folded } from '#web/ui/list/column.ts';
import { useUi } from '#web/ui/words.ts';
import { renewProfiles } from '../checks/change-items.ts';
import { useProfileTexts } from './profile-texts.ts';
import { useEquipment } from '../use-equipment.ts';
import { hostsQuery, kindsQuery, profilesQuery } from '../watch-queries.ts';
import '../watch.css';

const mostShown = 300;

type Plan = Awaited<ReturnType<typeof client.watch.profiles.apply>>['things'][number];

const thingsOf = (ids: ReadonlySet<string>) => [...ids].map((id) => ({ kind: 'host' as const, id }));

/** Gives a profile to hosts: choose, see what it would do, do it. */
export function GiveProfileDialog({ profile, onClose }: { readonly profile: Profile; readonly onClose: () => void }) {
  const { giveDialog: texts } = useProfileTexts();
  const { words } = useUi();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const secrets = useSecrets(profile);
  const asked = () => ({ id: profile.id, things: thingsOf(chosen), secrets: secrets.read() });
  const preview = useMutation({
    mutationFn: () => client.watch.profiles.apply({ ...asked(), preview: true }),
    meta: { quiet: true },
  });
  const give = useMutation({
    mutationFn: () => client.watch.profiles.apply(asked()),
    meta: { quiet: true },
    onSuccess: async ({ things }) => {
      const done = things.filter(({ skipped }) => skipped === null);
      const checks = done.reduce((sum, { adds }) => sum + adds.length, 0);
      notifications.show({ message: texts.done(checks, done.length) });
      await renewProfiles();
      onClose();
    },
  });
  const error = give.error ?? preview.error;
  const plans = preview.data?.things;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={<strong>{texts.title(profile.name)}</strong>}
      closeButtonProps={{ 'aria-label': words.actions.close }}
    >
      <form
        className="v-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (plans === undefined) preview.mutate();
          else give.mutate();
        }}
      >
        {plans === undefined ? (
          <HostChoice profile={profile} chosen={chosen} setChosen={setChosen} secrets={secrets} />
        ) : (
          <PlanList plans={plans} />
        )}
        {error !== null && (
          <p className="v-problem-text" role="alert">
            {sentenceOf(error).text}
          </p>
        )}
        <div className="v-form-end">
          <ActionButton
            main
            submit
            busy={preview.isPending || give.isPending}
            refusal={chosen.size === 0 ? texts.find : undefined}
          >
            {plans === undefined ? texts.preview : texts.submit}
          </ActionButton>
          {plans === undefined ? (
            <ActionButton onClick={onClose}>{words.actions.cancel}</ActionButton>
          ) : (
            <ActionButton onClick={preview.reset}>{texts.back}</ActionButton>
          )}
        </div>
      </form>
    </Modal>
  );
}

/** A secret of the profile, or of one that it brings along. */
interface ProfileSecret {
  readonly key: string;
  readonly item: string;
  readonly field: string;
  readonly label: string;
}

/** The secrets that somebody who is no administrator types again, since the hosts are going to be told them. */
function useSecrets(profile: Profile) {
  const needed = useRefusal('upkeep.trust') !== undefined;
  const all = useQuery(profilesQuery()).data?.items ?? [];
  const kinds = useQuery(kindsQuery()).data?.items ?? [];
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const brought = withBrought(profile, all);
  const fields = brought.flatMap(({ items }) =>
    items.flatMap(({ id: item, name, kind, settings }): ProfileSecret[] =>
      Object.entries(settings).flatMap(([field, value]) => {
        if (value !== secretMark) return [];
        const schema = kinds.find((each) => each.name === kind)?.settingsSchema;
        return [{ key: `${item} ${field}`, item, field, label: `${name} – ${titleOf(schema, field)}` }];
      }),
    ),
  );
  return {
    fields: needed ? fields : [],
    typed,
    type: (key: string, value: string) => setTyped((before) => ({ ...before, [key]: value })),
    read: () =>
      fields.flatMap(({ key, item, field }) => {
        const value = typed[key] ?? '';
        return value === '' ? [] : [{ item, field, value }];
      }),
  };
}

/** A profile and those it brings along, each once. */
function withBrought(profile: Profile, all: readonly Profile[]): Profile[] {
  const found = new Map<string, Profile>();
  const add = (one: Profile): void => {
    if (found.has(one.id)) return;
    found.set(one.id, one);
    for (const { id } of one.includes) {
      const next = all.find((each) => each.id === id);
      if (next !== undefined) add(next);
    }
  };
  add(profile);
  return [...found.values()];
}

function titleOf(schema: Readonly<Record<string, unknown>> | undefined, field: string): string {
  const properties = schema?.['properties'];
  if (typeof properties !== 'object' || properties === null) return field;
  const named: unknown = Object.entries(properties).find(([name]) => name === field)?.[1];
  const title = typeof named === 'object' && named !== null && 'title' in named ? named.title : undefined;
  return typeof title === 'string' ? title : field;
}

function SecretFields({ secrets: { fields, typed, type } }: { readonly secrets: ReturnType<typeof useSecrets> }) {
  const { giveDialog: texts } = useProfileTexts();
  if (fields.length === 0) return null;
  return (
    <>
      <p className="v-quiet">{texts.secrets}</p>
      {fields.map(({ key, label }) => (
        <PasswordInput
          key={key}
          label={label}
          value={typed[key] ?? ''}
          autoComplete="off"
          onChange={(event) => type(key, event.currentTarget.value)}
        />
      ))}
    </>
  );
}

interface HostChoiceProps {
  readonly profile: Profile;
  readonly chosen: ReadonlySet<string>;
  readonly setChosen: (chosen: ReadonlySet<string>) => void;
  readonly secrets: ReturnType<typeof useSecrets>;
}

function useFittingHosts(profile: Profile, search: string, fitting: boolean): readonly Host[] {
  const hosts = useQuery(hostsQuery()).data ?? [];
  const wanted = folded(search.trim());
  return hosts
    .filter((host) => !fitting || profile.equipment.length === 0 || profile.equipment.includes(host.kind))
    .filter(({ name, address, site }) => folded(`${name} ${address} ${site?.name ?? ''}`).includes(wanted))
    .toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}

function HostChoice({ profile, chosen, setChosen, secrets }: HostChoiceProps) {
  const { giveDialog: texts } = useProfileTexts();
  const { words } = useUi();
  const equipment = useEquipment();
  const [search, setSearch] = useState('');
  const [fitting, setFitting] = useState(profile.equipment.length > 0);
  const hosts = useFittingHosts(profile, search, fitting);
  const toggle = (ids: readonly string[], on: boolean): void => {
    const next = new Set(chosen);
    for (const id of ids)
      if (on) next.add(id);
      else next.delete(id);
    setChosen(next);
  };
  const all = hosts.length > 0 && hosts.every(({ id }) => chosen.has(id));
  return (
    <>
      <TextInput
        label={texts.find}
        value={search}
        data-autofocus=""
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {profile.equipment.length > 0 && (
        <Checkbox
          label={`${texts.fitting} (${profile.equipment.map((kind) => equipment[kind]).join(', ')})`}
          checked={fitting}
          onChange={(event) => setFitting(event.currentTarget.checked)}
        />
      )}
      <div className="v-host-choice">
        <Checkbox
          label={words.list.selectAll}
          checked={all}
          indeterminate={!all && hosts.some(({ id }) => chosen.has(id))}
          onChange={(event) =>
            toggle(
              hosts.map(({ id }) => id),
              event.currentTarget.checked,
            )
          }
        />
        {hosts.length === 0 && <p className="v-quiet">{texts.none}</p>}
        {hosts.slice(0, mostShown).map((host) => (
          <Checkbox
            key={host.id}
            label={
              <>
                {host.name} <span className="v-quiet">{host.address}</span>
              </>
            }
            checked={chosen.has(host.id)}
            onChange={(event) => toggle([host.id], event.currentTarget.checked)}
          />
        ))}
      </div>
      <p className="v-quiet" aria-live="polite">
        {texts.chosen(chosen.size)}
      </p>
      <SecretFields secrets={secrets} />
    </>
  );
}

function PlanList({ plans }: { readonly plans: readonly Plan[] }) {
  const { giveDialog: texts, skipped } = useProfileTexts();
  const told = ({ adds, adopts }: Plan): string => {
    const parts = [
      ...(adds.length > 0 ? [`${texts.starts(adds.length)} (${adds.join(', ')})`] : []),
      ...(adopts.length > 0 ? [`${texts.adopts(adopts.length)} (${adopts.join(', ')})`] : []),
    ];
    return parts.length === 0 ? texts.nothing : parts.join(', ');
  };
  return (
    <ul className="v-plan-list">
      {plans.map((plan) => (
        <li key={plan.thing.id}>
          {plan.skipped === null ? (
            <>
              <strong>{plan.thing.name}</strong> {told(plan)}
            </>
          ) : (
            <span className="v-problem-text">{skipped(plan.thing.name, plan.skipped)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
