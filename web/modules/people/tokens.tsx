import { TextInput } from '@mantine/core';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { IconKey, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { api, client } from '#web/shell/api.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { Section } from '#web/ui/section.tsx';
import { Time } from '#web/ui/time.tsx';
import { CopyLine } from './copy-line.tsx';
import { usePeopleTexts } from './people-texts.ts';
import { tokensQuery } from './people-queries.ts';
import './people.css';

async function remove(id: string): Promise<void> {
  await spoken(client.people.tokens.remove({ id }));
  await queryClient.invalidateQueries({ queryKey: tokensQuery.queryKey });
}

/** My API tokens: a new one is shown once. */
export function Tokens() {
  const { me: texts } = usePeopleTexts();
  const tokens = useSuspenseQuery(tokensQuery).data.items;
  const [removing, setRemoving] = useState<(typeof tokens)[number]>();
  return (
    <Section title={texts.tokens}>
      <p className="v-people-lead">{texts.tokensLead}</p>
      {tokens.length === 0 ? (
        <p className="v-quiet">{texts.noTokens}</p>
      ) : (
        <ul className="v-tokens">
          {tokens.map((token) => (
            <li key={token.id}>
              <span className="v-token-name">
                <strong>{token.name}</strong>{' '}
                <span className="v-quiet">
                  {texts.made} <Time at={token.createdAt} />
                  {', '}
                  {token.lastUsedAt === null ? (
                    texts.neverUsed
                  ) : (
                    <>
                      {texts.lastUsed} <Time at={token.lastUsedAt} />
                    </>
                  )}
                </span>
              </span>
              <ActionButton
                icon={<IconTrash size={15} />}
                label={texts.withdrawLabel(token.name)}
                onClick={() => setRemoving(token)}
              >
                {texts.withdraw}
              </ActionButton>
            </li>
          ))}
        </ul>
      )}
      <NewToken />
      {removing !== undefined && (
        <ConfirmDialog
          opened
          title={texts.withdrawTitle(removing.name)}
          verb={texts.withdraw}
          onConfirm={() => remove(removing.id)}
          onClose={() => setRemoving(undefined)}
        >
          {texts.withdrawText}
        </ConfirmDialog>
      )}
    </Section>
  );
}

function NewToken() {
  const { me: texts } = usePeopleTexts();
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const make = useMutation({
    ...api.people.tokens.create.mutationOptions({
      onSuccess: async () => {
        setName('');
        setTried(false);
        await queryClient.invalidateQueries({ queryKey: tokensQuery.queryKey });
      },
    }),
    meta: { quiet: true },
  });
  const missing = tried && name.trim() === '' ? texts.needed : undefined;
  return (
    <form
      className="v-token-new"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (name.trim() !== '') make.mutate({ name });
      }}
    >
      {make.data !== undefined && (
        <div className="v-token-once">
          <p>{texts.tokenOnce}</p>
          <CopyLine label={make.data.name} value={make.data.token} copy={texts.copy} copied={texts.copied} />
        </div>
      )}
      <div className="v-token-row">
        <TextInput
          label={texts.tokenName}
          value={name}
          maxLength={100}
          error={missing ?? (make.isError ? Object.values(formErrorsOf(make.error))[0] : undefined)}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ActionButton submit icon={<IconKey size={15} />} busy={make.isPending}>
          {texts.makeToken}
        </ActionButton>
      </div>
    </form>
  );
}
