import { MultiSelect } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate, useParams, type LoaderFunctionArgs } from 'react-router';
import { hostKind } from '#contract/estate.ts';
import type { Profile, ProfileItem } from '#contract/profile.ts';
import type { NamedThing } from '#contract/words.ts';
import { client } from '#web/shell/api.ts';
import { ready } from '#web/shell/query-client.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { Chip } from '#web/ui/chip.tsx';
import { FactsPanel, type Fact } from '#web/ui/facts-panel.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { ThingPage } from '#web/ui/thing-page.tsx';
import { Time } from '#web/ui/time.tsx';
import { itemsToSend, renewProfiles } from '../checks/change-items.ts';
import { GiveProfileDialog } from './give-profile-dialog.tsx';
import { ProfileItems } from './profile-items.tsx';
import { ProfileUses } from './profile-uses.tsx';
import { useProfileTexts } from './profile-texts.ts';
import { ReleaseDialog } from './release-dialog.tsx';
import { useEquipment } from '../use-equipment.ts';
import { kindsQuery, profileQuery, profileUsesQuery, profilesQuery } from '../watch-queries.ts';

export const loader = ({ params }: LoaderFunctionArgs) => {
  const id = params['id'] ?? '';
  return Promise.all([
    ready(profileQuery(id)),
    ready(profileUsesQuery(id)),
    ready(profilesQuery()),
    ready(kindsQuery()),
  ]);
};

type Change = Omit<Parameters<typeof client.watch.profiles.change>[0], 'id'>;

/** Changes a profile; what the screen says of its checks is fetched again. */
async function change(id: string, what: Change) {
  try {
    const { followed } = await client.watch.profiles.change({ id, ...what });
    await renewProfiles();
    return followed;
  } catch (error) {
    throw new Error(sentenceOf(error).text, { cause: error });
  }
}

function useFacts(profile: Profile): Fact[] {
  const { facts } = useProfileTexts();
  const refusal = useRefusal('watch.write');
  return [
    {
      name: 'name',
      label: facts.name,
      shown: profile.name,
      refusal,
      edit: { kind: 'line', value: profile.name, save: (name) => change(profile.id, { name }) },
    },
    {
      name: 'summary',
      label: facts.summary,
      shown: profile.summary === '' ? <span className="v-quiet">–</span> : profile.summary,
      refusal,
      edit: { kind: 'text', value: profile.summary, save: (summary) => change(profile.id, { summary }) },
    },
    { name: 'changed', label: facts.changed, shown: <Time at={profile.changedAt} /> },
  ];
}

type Asking =
  | { what: 'give' }
  | { what: 'remove' }
  | { what: 'item'; item: ProfileItem }
  | { what: 'take'; thing: NamedThing };

/** One profile: its checks, what brings it along, what it was given to. */
export function ProfilePage() {
  const texts = useProfileTexts();
  const navigate = useNavigate();
  const refusal = useRefusal('watch.write');
  const { id = '' } = useParams();
  const { data: profile } = useSuspenseQuery(profileQuery(id));
  const { data: uses } = useSuspenseQuery(profileUsesQuery(id));
  const [asking, setAsking] = useState<Asking>();
  useKeys(profile.name, [
    { keys: 'g', label: texts.give, run: () => refusal === undefined && setAsking({ what: 'give' }) },
    { keys: 'n', label: texts.addItem, run: () => void navigate(paths.profileItemNew(id)) },
  ]);
  return (
    <ThingPage
      kind={texts.kind}
      name={profile.name}
      lead={profile.summary}
      {...(profile.includes.length === 0
        ? {}
        : {
            chips: profile.includes.map((each) => (
              <Chip key={each.id} to={paths.profile(each.id)}>
                {each.name}
              </Chip>
            )),
          })}
      actions={
        <>
          <ActionButton icon={<IconTrash size={15} />} refusal={refusal} onClick={() => setAsking({ what: 'remove' })}>
            {texts.remove}
          </ActionButton>
          <ActionButton
            main
            icon={<IconPlus size={15} />}
            refusal={refusal}
            onClick={() => setAsking({ what: 'give' })}
          >
            {texts.give}
          </ActionButton>
        </>
      }
      facts={
        <>
          <FactsPanel facts={useFacts(profile)} />
          <ProfileChoices profile={profile} refusal={refusal} />
        </>
      }
    >
      <ProfileItems profile={profile} refusal={refusal} onRemove={(item) => setAsking({ what: 'item', item })} />
      <ProfileUses things={uses.items} refusal={refusal} onTake={(thing) => setAsking({ what: 'take', thing })} />
      <ProfileDialogs profile={profile} asking={asking} onClose={() => setAsking(undefined)} />
    </ThingPage>
  );
}

/** For which equipment, and what it brings along. */
function ProfileChoices({ profile, refusal }: { profile: Profile; refusal: string | undefined }) {
  const { facts, anyEquipment } = useProfileTexts();
  const equipment = useEquipment();
  const others = (useQuery(profilesQuery()).data?.items ?? []).filter(({ id }) => id !== profile.id);
  const save = (what: Change): void =>
    void change(profile.id, what).catch((error: unknown) =>
      notifications.show({
        message: error instanceof Error ? error.message : String(error),
        color: 'pink',
        role: 'alert',
      }),
    );
  const shared = { size: 'xs', disabled: refusal !== undefined, searchable: true, hidePickedOptions: true } as const;
  return (
    <div className="v-profile-choices">
      <MultiSelect
        {...shared}
        label={facts.equipment}
        placeholder={profile.equipment.length === 0 ? anyEquipment : ''}
        data={hostKind.options.map((value) => ({ value, label: equipment[value] }))}
        value={[...profile.equipment]}
        onChange={(values) => save({ equipment: values.map((value) => hostKind.parse(value)) })}
      />
      <MultiSelect
        {...shared}
        label={facts.includes}
        data={others.map(({ id, name }) => ({ value: id, label: name }))}
        value={profile.includes.map(({ id }) => id)}
        onChange={(includes) => save({ includes })}
      />
    </div>
  );
}

interface DialogsProps {
  readonly profile: Profile;
  readonly asking: Asking | undefined;
  readonly onClose: () => void;
}

function ProfileDialogs({ profile, asking, onClose }: DialogsProps) {
  const texts = useProfileTexts();
  const navigate = useNavigate();
  switch (asking?.what) {
    case 'give':
      return <GiveProfileDialog profile={profile} onClose={onClose} />;
    case 'item':
      return (
        <ReleaseDialog
          title={texts.removeItem.title(asking.item.name)}
          verb={texts.remove}
          onConfirm={async (removeChecks) => {
            const items = itemsToSend(profile.items.filter(({ id }) => id !== asking.item.id));
            const { changed, added, removed } = await change(profile.id, { items, removeChecks });
            notifications.show({ message: texts.followed(changed, added, removed) });
          }}
          onClose={onClose}
        />
      );
    case 'take':
      return (
        <ReleaseDialog
          title={texts.takeDialog.title(profile.name, asking.thing.name)}
          verb={texts.takeAway}
          onConfirm={async (removeChecks) => {
            const { kind, id } = asking.thing;
            await client.watch.profiles.withdraw({ id: profile.id, things: [{ kind, id }], removeChecks });
            await renewProfiles();
          }}
          onClose={onClose}
        />
      );
    case 'remove':
      return (
        <ReleaseDialog
          title={texts.removeDialog.title(profile.name)}
          verb={texts.removeDialog.verb}
          onConfirm={async (removeChecks) => {
            await client.watch.profiles.remove({ id: profile.id, removeChecks: String(removeChecks) });
            await renewProfiles();
            await navigate(paths.profiles(), { replace: true });
          }}
          onClose={onClose}
        />
      );
    default:
      return null;
  }
}
