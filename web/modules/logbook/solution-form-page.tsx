import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { logbook as contract, type Solution } from '#contract/logbook.ts';
import { api, client } from '#web/shell/api.ts';
import { inputSchemaOf } from '#web/shell/input-schema.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { SchemaForm } from '#web/ui/form/schema-form.tsx';
import { paths } from '#web/paths.ts';
import { solutionQuery } from './logbook-queries.ts';
import { useLogbookTexts } from './logbook-texts.ts';

/** A solution whose cause nobody knows still helps: only what it is and what to do are asked for. */
const needed = ['title', 'remedy', 'language'];
const newSchema = { ...inputSchemaOf(contract.solutions.create), required: needed };
const changeSchema = { ...inputSchemaOf(contract.solutions.create, ['language']), required: needed };

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

function fieldsOf(typed: Readonly<Record<string, unknown>>) {
  const runbookId = asText(typed['runbookId']);
  return {
    title: asText(typed['title']),
    symptom: asText(typed['symptom']),
    cause: asText(typed['cause']),
    remedy: asText(typed['remedy']),
    runbookId: runbookId === '' ? null : runbookId,
  };
}

/** Writes a solution by hand. */
export function SolutionNewPage() {
  const { form: texts } = useLogbookTexts();
  const language = useLanguage();
  return (
    <SolutionForm
      title={texts.newTitle}
      verb={texts.create}
      start={{ language }}
      schema={newSchema}
      draftName="solution"
      cancelTo={paths.solutions()}
      send={(typed) =>
        client.logbook.solutions.create({
          ...fieldsOf(typed),
          language: typed['language'] === 'fr' ? 'fr' : 'en',
        })
      }
    />
  );
}

/** Improves a solution. */
export function SolutionEditPage() {
  const { id = '' } = useParams();
  const { form: texts } = useLogbookTexts();
  const solution = useSuspenseQuery(solutionQuery(id)).data;
  return (
    <SolutionForm
      key={id}
      title={texts.changeTitle}
      verb={texts.save}
      start={solution}
      schema={changeSchema}
      draftName={`solution.${id}`}
      cancelTo={paths.solution(id)}
      send={(typed) => client.logbook.solutions.change({ id, ...fieldsOf(typed) })}
    />
  );
}

interface SolutionFormProps {
  title: string;
  verb: string;
  start: Partial<Solution>;
  schema: typeof newSchema;
  draftName: string;
  cancelTo: string;
  send: (typed: Readonly<Record<string, unknown>>) => Promise<Solution>;
}

function SolutionForm({ title, verb, start, schema, draftName, cancelTo, send }: SolutionFormProps) {
  const { form: texts, solutions } = useLogbookTexts();
  const navigate = useNavigate();
  const refusal = useRefusal('logbook.write');
  const runbooks = useQuery(api.upkeep.runbooks.list.queryOptions({ input: { limit: 500 } })).data?.items ?? [];
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: send,
    onSuccess: async (solution) => {
      queryClient.setQueryData(solutionQuery(solution.id).queryKey, solution);
      void queryClient.invalidateQueries({ queryKey: api.logbook.solutions.list.key() });
      await navigate(paths.solution(solution.id));
    },
  });
  return (
    <FormPage title={title}>
      <title>{title}</title>
      <SchemaForm
        schema={schema}
        value={start}
        texts={{
          title: { label: texts.title, help: texts.titleHelp },
          symptom: { label: texts.symptom, help: texts.symptomHelp, multiline: true },
          cause: { label: texts.cause, multiline: true },
          remedy: { label: texts.remedy, help: texts.remedyHelp, multiline: true },
          language: { label: texts.language, choices: solutions.languages },
          runbookId: {
            label: texts.runbook,
            help: texts.runbookHelp,
            choices: Object.fromEntries(runbooks.map((runbook) => [runbook.id, runbook.name])),
          },
        }}
        errors={formErrorsOf(save.error)}
        busy={save.isPending}
        refusal={refusal}
        submitLabel={verb}
        onSubmit={(typed) => save.mutate(typed)}
        onCancel={() => void navigate(cancelTo)}
        draftName={draftName}
      />
    </FormPage>
  );
}
