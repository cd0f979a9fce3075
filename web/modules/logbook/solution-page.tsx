import { notifications } from '@mantine/notifications';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { IconArchive, IconCircleDashed, IconPencil } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Solution } from '#contract/logbook.ts';
import { api } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { FactsPanel, type Fact } from '#web/ui/facts-panel.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { PhaseBadge } from '#web/ui/phase-badge.tsx';
import { PlainText } from '#web/ui/plain-text.tsx';
import { Section } from '#web/ui/section.tsx';
import { ThingPage } from '#web/ui/thing-page.tsx';
import { Time } from '#web/ui/time.tsx';
import { paths } from '#web/paths.ts';
import { solutionQuery } from './logbook-queries.ts';
import { useLogbookTexts } from './logbook-texts.ts';
import './logbook.css';

/** One solution: symptom, cause, remedy, and how often it worked. */
export function SolutionPage() {
  const { id = '' } = useParams();
  const { solutions: texts } = useLogbookTexts();
  const solution = useSuspenseQuery(solutionQuery(id)).data;
  return (
    <>
      <title>{solution.title}</title>
      <ThingPage
        kind={texts.one}
        name={solution.title}
        state={<PhaseBadge phase={solution.state} />}
        lead={<Lead solution={solution} />}
        actions={<SolutionActions solution={solution} />}
        facts={<SolutionFacts solution={solution} />}
      >
        <Part title={texts.symptom} text={solution.symptom} language={solution.language} />
        <Part title={texts.cause} text={solution.cause} language={solution.language} />
        <Part title={texts.remedy} text={solution.remedy} language={solution.language} />
      </ThingPage>
    </>
  );
}

function Part({ title, text, language }: { title: string; text: string; language: string }) {
  const { solutions: texts } = useLogbookTexts();
  return (
    <Section title={title}>
      {text.trim() === '' ? (
        <p className="v-quiet">{texts.noText}</p>
      ) : (
        <div className="v-solution-text" lang={language}>
          <PlainText text={text} />
        </div>
      )}
    </Section>
  );
}

function Lead({ solution }: { solution: Solution }) {
  const { solutions: texts } = useLogbookTexts();
  const record = solution.worked === 0 ? texts.neverWorked : texts.workedTimes(solution.worked);
  return (
    <>
      {record}
      {solution.lastWorkedAt !== null && (
        <>
          {`, ${texts.lastWorked} `}
          <Time at={solution.lastWorkedAt} />
        </>
      )}
      {solution.failed > 0 && `, ${texts.failedTimes(solution.failed)}`}
      {solution.state === 'draft' && `. ${texts.draftLead}`}
      {solution.state === 'withdrawn' && `. ${texts.withdrawnLead}`}
    </>
  );
}

function SolutionActions({ solution }: { solution: Solution }) {
  const { solutions: texts } = useLogbookTexts();
  const navigate = useNavigate();
  const refusal = useRefusal('logbook.write');
  const change = useMutation(
    api.logbook.solutions.change.mutationOptions({
      onSuccess: (changed) => {
        queryClient.setQueryData(solutionQuery(changed.id).queryKey, changed);
        void queryClient.invalidateQueries({ queryKey: api.logbook.solutions.list.key() });
        notifications.show({ message: changed.state === 'withdrawn' ? texts.withdrawn : texts.kept });
      },
    }),
  );
  const { id, state } = solution;
  const keep = (): void => change.mutate({ id, state: 'kept' });
  const withdraw = (): void => change.mutate({ id, state: 'withdrawn' });
  const may = (run: () => void) => (): void => {
    if (refusal === undefined) run();
  };
  useKeys(texts.keysTitle, [
    ...(state === 'kept' ? [] : [{ keys: 'a', label: texts.keep, run: may(keep) }]),
    { keys: 'e', label: texts.edit, run: may(() => void navigate(paths.solutionEdit(id))) },
    ...(state === 'withdrawn' ? [] : [{ keys: 'w', label: texts.withdraw, run: may(withdraw) }]),
  ]);
  return (
    <>
      {state !== 'kept' && (
        <ActionButton
          main
          keys="a"
          icon={<IconArchive size={15} />}
          refusal={refusal}
          busy={change.isPending}
          onClick={keep}
        >
          {texts.keep}
        </ActionButton>
      )}
      <ActionButton keys="e" icon={<IconPencil size={15} />} refusal={refusal} to={paths.solutionEdit(id)}>
        {texts.edit}
      </ActionButton>
      {state !== 'withdrawn' && (
        <ActionButton keys="w" icon={<IconCircleDashed size={15} />} refusal={refusal} onClick={withdraw}>
          {texts.withdraw}
        </ActionButton>
      )}
    </>
  );
}

function SolutionFacts({ solution }: { solution: Solution }) {
  const { solutions: texts } = useLogbookTexts();
  const { facts } = texts;
  const all: readonly (Fact | false)[] = [
    { name: 'worked', label: facts.worked, shown: <span className="v-number">{solution.worked}</span> },
    { name: 'failed', label: facts.failed, shown: <span className="v-number">{solution.failed}</span> },
    solution.lastWorkedAt !== null && {
      name: 'last',
      label: facts.last,
      shown: <Time at={solution.lastWorkedAt} />,
    },
    solution.thing !== null && {
      name: 'on',
      label: facts.on,
      shown: (
        <Link className="v-link" to={paths.thing(solution.thing)}>
          {solution.thing.name}
        </Link>
      ),
    },
    solution.runbookId !== null && {
      name: 'runbook',
      label: facts.runbook,
      shown: (
        <Link className="v-link" to={paths.runbook(solution.runbookId)}>
          {texts.openRunbook}
        </Link>
      ),
    },
    { name: 'language', label: facts.language, shown: texts.languages[solution.language] },
    {
      name: 'created',
      label: facts.created,
      shown: (
        <>
          <Time at={solution.createdAt} /> {solution.createdBy.kind === 'person' && solution.createdBy.name}
        </>
      ),
    },
    solution.fromTicketId !== null && {
      name: 'from',
      label: facts.from,
      shown: (
        <Link className="v-link" to={paths.ticket(solution.fromTicketId)}>
          {facts.fromIncident}
        </Link>
      ),
    },
  ];
  return <FactsPanel facts={all.filter((fact) => fact !== false)} />;
}
