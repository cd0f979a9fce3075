import { Select } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { policyScope, type ToldPolicy } from '#contract/advice-anomalies.ts';
import { api, client } from '#web/shell/api.ts';
import { PolicyForm } from '#web/shell/policy-form.tsx';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { offerUndo } from '#web/ui/offer-undo.tsx';
import { useAdviceTexts } from './advice-texts.ts';

type Scoped = Pick<ToldPolicy, 'scope' | 'key'>;

/** A policy in one word, as it stands in the address. */
export function wordOf({ scope, key }: Scoped): string {
  return scope === 'all' ? 'all' : `${scope}:${key}`;
}

function scopedOf(word: string | null): Scoped {
  const [said = '', ...rest] = (word ?? '').split(':');
  const scope = policyScope.catch('all').parse(said);
  const key = rest.join(':');
  return scope === 'all' || key === '' ? { scope: 'all', key: '' } : { scope, key };
}

const renew = (): Promise<void> => queryClient.invalidateQueries({ queryKey: api.advice.key() });

/** What kinds of check are called. */
export function useKindNames(): ReadonlyMap<string, string> {
  const { data } = useQuery(api.watch.kinds.queryOptions({ input: {} }));
  return new Map(data?.items.map(({ name, title }) => [name, title]));
}

/** Sets how anomalies are judged: of all checks, or of the kind or the profile that is chosen, else as the next wider policy says. */
export function PolicyEditor({ policies }: { policies: readonly ToldPolicy[] }) {
  const { policies: texts } = useAdviceTexts();
  const [address, setAddress] = useSearchParams();
  const kinds = useKindNames();
  const profiles = useQuery(api.watch.profiles.list.queryOptions({ input: {} })).data?.items ?? [];
  const chosen = scopedOf(address.get('for'));
  const word = wordOf(chosen);
  const own = policies.find((each) => wordOf(each) === word);
  const wider = policies.find(({ scope }) => scope === 'all');
  const counts = own ?? wider;
  if (counts === undefined) return null;
  const known = chosen.scope === 'check' && own !== undefined ? [{ value: word, label: own.name }] : [];
  return (
    <div className="v-advice-policy">
      <p className="v-quiet">{texts.lead}</p>
      <div className="v-form">
        <Select
          label={texts.whose}
          searchable
          allowDeselect={false}
          data={[
            { value: 'all', label: texts.allChecks },
            ...known,
            {
              group: texts.profiles,
              items: profiles.map(({ id, name }) => ({ value: wordOf({ scope: 'profile', key: id }), label: name })),
            },
            {
              group: texts.kinds,
              items: [...kinds].map(([name, label]) => ({ value: wordOf({ scope: 'kind', key: name }), label })),
            },
          ]}
          value={word}
          onChange={(value) => setAddress(value === null || value === 'all' ? {} : { for: value }, { replace: true })}
        />
      </div>
      {own === undefined && <p className="v-quiet">{texts.noneOwn}</p>}
      <PolicyForm key={`${word} ${own?.changedAt ?? ''}`} policy={counts} scope={chosen.scope} target={chosen.key} />
      {own !== undefined && own.changedAt !== null && <Removal policy={own} />}
    </div>
  );
}

/** Takes a policy back, so that the next wider one counts. */
function Removal({ policy }: { policy: ToldPolicy }) {
  const { policies: texts, anomalies } = useAdviceTexts();
  const { scope, key, mode, learningHours, leastShare, leastAmount } = policy;
  const remove = useMutation({
    mutationFn: () => client.advice.policies.remove({ scope, key: key === '' ? 'all' : key }),
    onSuccess: async () => {
      await renew();
      offerUndo(texts.removed, anomalies.undo, async () => {
        await client.advice.policies.set({ scope, key, mode, learningHours, leastShare, leastAmount });
        await renew();
      });
    },
  });
  return (
    <p>
      <ActionButton refusal={useRefusal('advice.write')} busy={remove.isPending} onClick={() => remove.mutate()}>
        {texts.remove}
      </ActionButton>
    </p>
  );
}
