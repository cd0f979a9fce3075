import { CopyButton } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { IconCopy, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { NotFoundPage } from '#web/shell/route-failure.tsx';
import { useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { FactsPanel } from '#web/ui/facts-panel.tsx';
import { Section } from '#web/ui/section.tsx';
import { ThingPage } from '#web/ui/thing-page.tsx';
import { Time } from '#web/ui/time.tsx';
import { paths } from '#web/paths.ts';
import { useUpkeepTexts } from './upkeep-texts.ts';
import { credentialsQuery } from './upkeep-queries.ts';
import './upkeep.css';

/** One credential: its public half to copy; the secret is never shown. */
export function CredentialPage() {
  const { id = '' } = useParams();
  const { credentials: texts } = useUpkeepTexts();
  const credential = useSuspenseQuery(credentialsQuery).data.items.find((each) => each.id === id);
  if (credential === undefined) return <NotFoundPage />;
  return (
    <>
      <title>{credential.name}</title>
      <ThingPage
        kind={texts.one}
        name={credential.name}
        lead={texts.secretKept}
        actions={<RemoveCredential id={id} name={credential.name} usedBy={credential.usedBy} />}
        facts={
          <FactsPanel
            facts={[
              { name: 'user', label: texts.columns.user, shown: credential.user },
              { name: 'kind', label: texts.columns.kind, shown: texts.kinds[credential.kind] },
              { name: 'usedBy', label: texts.columns.usedBy, shown: String(credential.usedBy) },
              { name: 'created', label: texts.columns.created, shown: <Time at={credential.createdAt} /> },
            ]}
          />
        }
      >
        {credential.publicKey !== null && <PublicKey line={credential.publicKey} />}
      </ThingPage>
    </>
  );
}

function PublicKey({ line }: { line: string }) {
  const { credentials: texts } = useUpkeepTexts();
  return (
    <Section
      title={texts.publicKey}
      aside={
        <CopyButton value={line}>
          {({ copied, copy }) => (
            <ActionButton icon={<IconCopy size={15} />} onClick={copy}>
              {copied ? texts.copied : texts.copy}
            </ActionButton>
          )}
        </CopyButton>
      }
    >
      <p className="v-upkeep-none">{texts.publicKeyHelp}</p>
      <pre className="v-step-command" aria-label={texts.publicKey}>
        {line}
      </pre>
    </Section>
  );
}

function RemoveCredential({ id, name, usedBy }: { id: string; name: string; usedBy: number }) {
  const { credentials: texts } = useUpkeepTexts();
  const navigate = useNavigate();
  const forbidden = useRefusal('upkeep.secrets');
  const [asking, setAsking] = useState(false);
  const remove = async (): Promise<void> => {
    await spoken(client.upkeep.credentials.remove({ id }));
    await navigate(paths.credentials());
    await queryClient.invalidateQueries({ queryKey: credentialsQuery.queryKey });
  };
  return (
    <>
      <ActionButton
        icon={<IconTrash size={15} />}
        refusal={forbidden ?? (usedBy > 0 ? texts.stillUsed(usedBy) : undefined)}
        onClick={() => setAsking(true)}
      >
        {texts.remove}
      </ActionButton>
      <ConfirmDialog
        opened={asking}
        title={texts.removeTitle(name)}
        verb={texts.remove}
        onConfirm={remove}
        onClose={() => setAsking(false)}
      >
        {texts.removeText}
      </ConfirmDialog>
    </>
  );
}
