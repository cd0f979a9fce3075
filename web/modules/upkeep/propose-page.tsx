import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Run, Runbook } from '#contract/upkeep.ts';
import type { NamedThing } from '#contract/words.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { useAddress } from '#web/shell/use-address.ts';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { SchemaForm } from '#web/ui/form/schema-form.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { useUi } from '#web/ui/words.ts';
import { paths } from '#web/paths.ts';
import { ApprovalChoice, type Approval } from './approval-choice.tsx';
import { HostChoice } from './host-choice.tsx';
import { inputsOf, parametersSchema, withValues } from './parameters-schema.ts';
import { RunbookChoice } from './runbook-choice.tsx';
import { StepList } from './step-list.tsx';
import { useUpkeepTexts } from './upkeep-texts.ts';
import { hostsQuery, runbooksQuery, runQuery } from './upkeep-queries.ts';
import './upkeep.css';

/** What the address says: the incident, the runbook, the host, and the run whose values are taken again. */
function useProposal() {
  const [params, say] = useAddress();
  return {
    incidentId: params.get('incident'),
    runbookId: params.get('runbook'),
    hostId: params.get('host') ?? '',
    againId: params.get('again'),
    setRunbook: (id: string) => say('runbook', id),
    setHost: (id: string) => say('host', id),
  };
}

/** The incident it is for, and the runbooks that fit its symptoms, best first. */
function useIncident(id: string | null) {
  const ticket = useQuery({
    ...api.desk.tickets.get.queryOptions({ input: { id: id ?? '' } }),
    enabled: id !== null,
  }).data;
  const symptoms =
    ticket === undefined
      ? ''
      : [ticket.title, ...ticket.alerts.map((alert) => `${alert.checkName} ${alert.summary}`)]
          .join('\n')
          .slice(0, 2000);
  const fitting = useQuery({
    ...api.upkeep.runbooks.suggest.queryOptions({ input: { symptoms } }),
    enabled: symptoms !== '',
  }).data?.items;
  return { ticket, fitting: fitting ?? [], asked: id === null || fitting !== undefined };
}

/** The host of the cause: itself, or the one that the service at fault stands on. */
function useHostBehind(cause: NamedThing | null): string | undefined {
  const service = cause?.kind === 'service' ? cause.id : undefined;
  const links = useQuery({
    ...api.estate.dependencies.list.queryOptions({ input: { kind: 'service', id: service ?? '' } }),
    enabled: service !== undefined,
  }).data?.items;
  if (cause?.kind === 'host') return cause.id;
  return links?.find((link) => link.dependent.id === service && link.on.kind === 'host')?.on.id;
}

/** The run that is proposed once more. */
function useRunAgain(id: string | null) {
  const run = useQuery({ ...runQuery(id ?? ''), enabled: id !== null });
  return { run: run.data, asked: id === null || !run.isPending };
}

/** Proposes to run a runbook on a host: for an incident, what fits its symptoms stands first. */
export function ProposePage() {
  const texts = useUpkeepTexts();
  const proposal = useProposal();
  const runbooks = useSuspenseQuery(runbooksQuery).data;
  const hosts = useSuspenseQuery(hostsQuery).data;
  const { ticket, fitting, asked } = useIncident(proposal.incidentId);
  const [approval, setApproval] = useState<Approval>('ask');
  const [tried, setTried] = useState(false);
  const chosenId = proposal.runbookId ?? (asked ? fitting[0]?.id : undefined);
  const runbook = runbooks.find((each) => each.id === chosenId);
  const behind = useHostBehind(ticket?.cause ?? null);
  const only = hosts.length === 1 ? hosts[0]?.id : undefined;
  const again = useRunAgain(proposal.againId);
  const hostId = proposal.hostId === '' ? (behind ?? only ?? '') : proposal.hostId;
  return (
    <FormPage title={texts.propose.title}>
      <title>{texts.propose.title}</title>
      {ticket !== undefined && (
        <p className="v-propose-for">
          {texts.propose.forIncident}{' '}
          <Link className="v-link" to={paths.ticket(ticket.id)}>
            {`#${ticket.number} ${ticket.title}`}
          </Link>
        </p>
      )}
      <div className="v-form">
        <RunbookChoice
          runbooks={runbooks}
          fitting={fitting.map((each) => each.id)}
          value={runbook?.id}
          onChange={proposal.setRunbook}
        />
        <HostChoice
          hosts={hosts}
          value={hostId}
          onChange={proposal.setHost}
          error={tried && hostId === '' ? texts.propose.hostNeeded : undefined}
        />
        {runbook !== undefined && again.asked && (
          <ProposeForm
            key={runbook.id}
            runbook={runbook}
            hostId={hostId}
            incidentId={proposal.incidentId}
            again={again.run?.runbook.id === runbook.id ? again.run : undefined}
            approval={runbook.safe ? 'ask' : approval}
            onApproval={setApproval}
            onTried={() => setTried(true)}
          />
        )}
      </div>
    </FormPage>
  );
}

interface ProposeFormProps {
  runbook: Runbook;
  hostId: string;
  incidentId: string | null;
  again: Run | undefined;
  approval: Approval;
  onApproval: (approval: Approval) => void;
  onTried: () => void;
}

/** The property that holds the reason of an emergency; parameters have small letters only, so it is never one. */
const reasonName = 'emergencyReason';

function useProposing({ runbook, hostId, incidentId, approval, onTried }: ProposeFormProps) {
  const navigate = useNavigate();
  return useMutation({
    meta: { quiet: true },
    mutationFn: async (typed: Record<string, unknown>) => {
      onTried();
      if (hostId === '') return undefined;
      const inputs = inputsOf(runbook.parameters, typed);
      const run = await client.upkeep.runs.propose({ runbookId: runbook.id, hostId, incidentId, inputs });
      const reason = typed[reasonName];
      if (approval === 'ask' || typeof reason !== 'string') return run;
      return client.upkeep.runs.declareEmergency({ id: run.id, reason });
    },
    onSuccess: async (run) => {
      if (run === undefined) return;
      queryClient.setQueryData(runQuery(run.id).queryKey, run);
      void queryClient.invalidateQueries({ queryKey: api.upkeep.runs.list.key() });
      await navigate(paths.run(run.id));
    },
  });
}

function ProposeForm(props: ProposeFormProps) {
  const { runbook, incidentId, again, approval } = props;
  const texts = useUpkeepTexts().propose;
  const { words } = useUi();
  const navigate = useNavigate();
  const refusal = useRefusal('upkeep.run');
  const propose = useProposing(props);
  const asked = parametersSchema(withValues(runbook.parameters, again?.inputs ?? {}));
  const back = (): void => void navigate(incidentId === null ? paths.runbook(runbook.id) : paths.ticket(incidentId));
  const inEmergency = approval === 'emergency';
  const schema = inEmergency
    ? {
        ...asked,
        properties: { ...asked.properties, [reasonName]: { type: 'string', minLength: 1, maxLength: 500 } },
        required: [...(asked.required ?? []), reasonName],
      }
    : asked;
  const verb = runbook.safe ? texts.verbs.run : inEmergency ? texts.verbs.emergency : texts.verbs.propose;
  const box = useRef<HTMLDivElement>(null);
  const send = (): void => box.current?.querySelector('form')?.requestSubmit();
  useKeys(texts.keys, [
    { keys: 'mod+Enter', label: verb, run: send, inFields: true },
    { keys: 'Escape', label: words.actions.cancel, run: back },
  ]);
  return (
    <div className="v-form" ref={box}>
      <details className="v-propose-plan">
        <summary>{texts.plan(runbook.steps.length)}</summary>
        <StepList steps={runbook.steps} />
      </details>
      <ApprovalChoice safe={runbook.safe} value={approval} onChange={props.onApproval} />
      <SchemaForm
        key={inEmergency ? 'emergency' : 'ask'}
        schema={schema}
        texts={{ [reasonName]: { label: texts.reason } }}
        errors={errorsOf(propose.error)}
        busy={propose.isPending}
        refusal={refusal}
        submitLabel={verb}
        onSubmit={(typed) => propose.mutate(typed)}
        onCancel={back}
        draftName={`propose.${again?.id ?? runbook.id}`}
      />
    </div>
  );
}

/** The server names a parameter as `inputs.<name>`. */
function errorsOf(error: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(formErrorsOf(error)).map(([path, sentence]) => [path.replace(/^inputs\./, ''), sentence]),
  );
}
