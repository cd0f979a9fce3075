import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Person } from '#contract/people.ts';
import { role } from '#contract/permission.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useMe, useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { FactsPanel } from '#web/ui/facts-panel.tsx';
import { Section } from '#web/ui/section.tsx';
import { ThingPage } from '#web/ui/thing-page.tsx';
import { Time } from '#web/ui/time.tsx';
import { paths } from '#web/paths.ts';
import { AuditTable } from './audit-table.tsx';
import { usePeopleTexts } from './people-texts.ts';
import { auditQuery, personQuery } from './people-queries.ts';

type Change = Omit<Parameters<typeof client.people.persons.change>[0], 'id'>;

async function change(id: string, changed: Change): Promise<void> {
  const person = await spoken(client.people.persons.change({ id, ...changed }));
  queryClient.setQueryData(personQuery(id).queryKey, person);
  void queryClient.invalidateQueries({ queryKey: api.people.persons.list.key() });
}

/** One person: role and access, and what they did lately. */
export function PersonPage() {
  const { id = '' } = useParams();
  const { person: texts } = usePeopleTexts();
  const me = useMe();
  const person = useSuspenseQuery(personQuery(id)).data;
  return (
    <>
      <title>{person.name}</title>
      <ThingPage
        kind={me.person.id === id ? texts.you : texts.one}
        name={person.name}
        lead={
          <>
            {person.active ? texts.active : <strong>{texts.inactive}</strong>}
            {`, ${texts.since} `}
            <Time at={person.createdAt} />
            {person.lastSeenAt !== null && (
              <>
                {`, ${texts.lastSeen} `}
                <Time at={person.lastSeenAt} />
              </>
            )}
          </>
        }
        actions={<AccessAction person={person} />}
        facts={<PersonFacts person={person} />}
      >
        {me.permissions.includes('audit.read') && <LatelyDone personId={id} />}
      </ThingPage>
    </>
  );
}

function AccessAction({ person }: { person: Person }) {
  const { person: texts } = usePeopleTexts();
  const refusal = useRefusal('people.write');
  const [asking, setAsking] = useState(false);
  return (
    <>
      <ActionButton
        icon={person.active ? <IconLock size={15} /> : <IconLockOpen size={15} />}
        refusal={refusal}
        onClick={() => (person.active ? setAsking(true) : void change(person.id, { active: true }))}
      >
        {person.active ? texts.deactivate : texts.activate}
      </ActionButton>
      <ConfirmDialog
        opened={asking}
        title={texts.stopTitle(person.name)}
        verb={texts.deactivate}
        onConfirm={() => change(person.id, { active: false })}
        onClose={() => setAsking(false)}
      >
        {texts.stopText}
      </ConfirmDialog>
    </>
  );
}

function PersonFacts({ person }: { person: Person }) {
  const texts = usePeopleTexts();
  const refusal = useRefusal('people.write');
  const { facts } = texts.person;
  const { id } = person;
  return (
    <FactsPanel
      facts={[
        {
          name: 'role',
          label: facts.role,
          shown: (
            <>
              {texts.roles[person.role]}
              <br />
              <span className="v-quiet">{texts.roleHelp[person.role]}</span>
            </>
          ),
          refusal,
          edit: {
            kind: 'choice',
            value: person.role,
            choices: role.options.map((value) => ({ value, label: texts.roles[value] })),
            save: (value) => change(id, { role: role.parse(value) }),
          },
        },
        {
          name: 'name',
          label: facts.name,
          shown: person.name,
          refusal,
          edit: { kind: 'line', value: person.name, save: (name) => change(id, { name }) },
        },
        {
          name: 'mail',
          label: facts.mail,
          shown: person.mail,
          refusal,
          edit: { kind: 'line', value: person.mail, save: (mail) => change(id, { mail }) },
        },
        {
          name: 'language',
          label: facts.language,
          shown: texts.languages[person.language],
          refusal,
          edit: {
            kind: 'choice',
            value: person.language,
            choices: (['en', 'fr'] as const).map((value) => ({ value, label: texts.languages[value] })),
            save: (value) => change(id, { language: value === 'fr' ? 'fr' : 'en' }),
          },
        },
      ]}
    />
  );
}

const mostLines = 20;

function LatelyDone({ personId }: { personId: string }) {
  const { person: texts } = usePeopleTexts();
  const lines = useInfiniteQuery(auditQuery({ search: '', personId })).data?.pages[0]?.items;
  if (lines === undefined) return null;
  return (
    <Section
      title={texts.audit}
      aside={
        <Link className="v-link" to={`${paths.audit()}?person=${personId}`}>
          {texts.allAudit}
        </Link>
      }
    >
      {lines.length === 0 ? (
        <p className="v-quiet">{texts.nothingDone}</p>
      ) : (
        <AuditTable lines={lines.slice(0, mostLines)} />
      )}
    </Section>
  );
}
