import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { desk as contract } from '#contract/desk-requests.ts';
import { priority as priorityWord, ticketKind } from '#contract/desk.ts';
import { api, client } from '#web/shell/api.ts';
import { inputSchemaOf } from '#web/shell/input-schema.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { FormPage } from '#web/ui/form/form-page.tsx';
import type { JsonSchema } from '#web/ui/form/json-schema.ts';
import { SchemaForm } from '#web/ui/form/schema-form.tsx';
import { paths } from '#web/paths.ts';
import { useDeskTexts } from './desk-texts.ts';
import { ticketQuery } from './ticket-queries.ts';
import { useTicketTexts } from './ticket-texts.ts';

const fields = inputSchemaOf(contract.tickets.create, [
  'cause',
  'id',
  'requesterId',
  'categoryId',
  'teamId',
  'assigneeId',
  'tags',
  'dueAt',
  'source',
  'impact',
  'urgency',
]);
/** The cause is chosen by its name; `host <id>` is turned back into a reference when it is sent. */
const schema: JsonSchema = {
  ...fields,
  properties: { ...fields.properties, cause: { type: 'string' } },
};

type CauseKind = 'host' | 'service';
const isCauseKind = (kind: string | undefined): kind is CauseKind => kind === 'host' || kind === 'service';

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Opens a ticket by hand, of any kind. */
export function TicketNewPage() {
  const texts = useDeskTexts();
  const { kinds, facts } = useTicketTexts();
  const navigate = useNavigate();
  const refusal = useRefusal('desk.write');
  const causes = useCauses();
  const open = useMutation({
    meta: { quiet: true },
    mutationFn: (typed: Record<string, unknown>) => {
      const [kind, id] = asText(typed['cause']).split(' ');
      const ticketOf = ticketKind.safeParse(typed['kind']);
      const priority = priorityWord.safeParse(typed['priority']);
      return client.desk.tickets.create({
        ...(ticketOf.success ? { kind: ticketOf.data } : {}),
        title: asText(typed['title']),
        description: asText(typed['description']),
        ...(priority.success ? { priority: priority.data } : {}),
        cause: isCauseKind(kind) && id !== undefined ? { kind, id } : null,
      });
    },
    onSuccess: async (ticket) => {
      queryClient.setQueryData(ticketQuery(ticket.id).queryKey, ticket);
      await queryClient.invalidateQueries({ queryKey: api.desk.tickets.list.key() });
      await navigate(paths.ticket(ticket.id));
    },
  });
  return (
    <FormPage title={texts.open.title} lead={texts.open.lead}>
      <title>{texts.open.title}</title>
      <SchemaForm
        schema={schema}
        texts={{
          kind: { label: facts.kind, choices: kinds },
          title: { label: texts.open.what, help: texts.open.whatHelp },
          priority: { label: texts.open.priority, choices: texts.priorities },
          description: { label: texts.open.description, multiline: true },
          cause: { label: texts.open.cause, help: texts.open.causeHelp, choices: causes },
        }}
        errors={formErrorsOf(open.error)}
        busy={open.isPending}
        refusal={refusal}
        submitLabel={texts.open.submit}
        onSubmit={(value) => open.mutate(value)}
        onCancel={() => void navigate(paths.desk())}
        draftName="incident"
      />
    </FormPage>
  );
}

/** Hosts and services by name. */
function useCauses(): Record<string, string> {
  const hosts = useQuery(api.estate.hosts.list.queryOptions({ input: { limit: 500 } })).data?.items ?? [];
  const services = useQuery(api.estate.services.list.queryOptions({ input: { limit: 500 } })).data?.items ?? [];
  return Object.fromEntries([
    ...hosts.map((host) => [`host ${host.id}`, host.name] as const),
    ...services.map((service) => [`service ${service.id}`, service.name] as const),
  ]);
}
