import { Checkbox, MultiSelect, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { priority as priorityWord, ticketKind } from '#contract/desk.ts';
import { api } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { IconAct } from '#web/ui/icon-act.tsx';
import { useLevelTexts } from './level-texts.ts';
import { priorities, type PolicyDraft } from './policy-draft.ts';
import { RequesterPicker } from '../opening/requester-picker.tsx';
import { categoriesQuery } from '../settings/settings-queries.ts';
import { useTicketTexts } from '../tickets/ticket-texts.ts';
import '../tickets/work.css';

interface ReachProps {
  readonly draft: PolicyDraft;
  readonly errors: Readonly<Record<string, string>>;
  readonly set: (change: Partial<PolicyDraft>) => void;
}

/** For which tickets a service level holds; what is left empty fits all. */
export function PolicyReach({ draft, errors, set }: ReachProps) {
  const levels = useLevelTexts();
  const { policy: texts } = levels;
  const { kinds } = useTicketTexts();
  return (
    <fieldset className="v-group">
      <legend>{texts.reach}</legend>
      <p className="v-quiet">{texts.reachHelp}</p>
      <Checkbox.Group
        label={texts.forKinds}
        value={[...draft.kinds]}
        onChange={(chosen) => set({ kinds: ticketKind.array().parse(chosen) })}
      >
        {ticketKind.options.map((kind) => (
          <Checkbox key={kind} value={kind} label={kinds[kind]} mt={4} />
        ))}
      </Checkbox.Group>
      <Checkbox.Group
        label={texts.forPriorities}
        value={[...draft.priorities]}
        onChange={(chosen) => set({ priorities: priorityWord.array().parse(chosen) })}
      >
        {priorities.map((priority) => (
          <Checkbox key={priority} value={priority} label={levels.priorities[priority]} mt={4} />
        ))}
      </Checkbox.Group>
      <Queues draft={draft} errors={errors} set={set} />
      <Requesters draft={draft} errors={errors} set={set} />
      <TextInput
        label={texts.domains}
        description={texts.domainsHelp}
        value={draft.domains}
        error={errors['match.domains']}
        onChange={(event) => set({ domains: event.currentTarget.value })}
      />
    </fieldset>
  );
}

function Queues({ draft, errors, set }: ReachProps) {
  const { policy: texts } = useLevelTexts();
  const language = useLanguage();
  const categories = useQuery(categoriesQuery).data?.items ?? [];
  const teams = useQuery(api.people.teams.list.queryOptions({ input: {} })).data?.items ?? [];
  return (
    <>
      <MultiSelect
        label={texts.forCategories}
        searchable
        hidePickedOptions
        limit={100}
        value={[...draft.categoryIds]}
        error={errors['match.categoryIds']}
        data={categories.map(({ id, name }) => ({ value: id, label: name[language] }))}
        onChange={(categoryIds) => set({ categoryIds })}
      />
      <MultiSelect
        label={texts.forTeams}
        searchable
        hidePickedOptions
        limit={100}
        value={[...draft.teamIds]}
        error={errors['match.teamIds']}
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(teamIds) => set({ teamIds })}
      />
    </>
  );
}

function Requesters({ draft, errors, set }: ReachProps) {
  const { policy: texts } = useLevelTexts();
  const { requesterIds } = draft;
  return (
    <div>
      <RequesterPicker
        label={texts.forRequesters}
        chosen={null}
        error={errors['match.requesterIds']}
        onChoose={(pick) =>
          pick !== null && !requesterIds.includes(pick.id) && set({ requesterIds: [...requesterIds, pick.id] })
        }
      />
      <ul className="v-desk-links">
        {requesterIds.map((id) => (
          <ChosenRequester
            key={id}
            id={id}
            onRemove={() => set({ requesterIds: requesterIds.filter((other) => other !== id) })}
          />
        ))}
      </ul>
    </div>
  );
}

function ChosenRequester({ id, onRemove }: { id: string; onRemove: () => void }) {
  const { policy: texts } = useLevelTexts();
  const name = useQuery(api.desk.requesters.get.queryOptions({ input: { id } })).data?.name ?? '…';
  return (
    <li>
      <span>{name}</span>
      <IconAct label={texts.withoutRequester(name)} icon={<IconX size={13} />} onClick={onRemove} />
    </li>
  );
}
