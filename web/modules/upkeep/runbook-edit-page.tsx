import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import type { Runbook } from '#contract/upkeep.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { paths } from '#web/paths.ts';
import { draftOf, emptyRunbook, requestOf, type RunbookDraft } from './runbook-draft.ts';
import { RunbookForm } from './runbook-form.tsx';
import { serverErrors } from './server-errors.ts';
import { useRunbookEditor } from './use-runbook-editor.ts';
import { useUpkeepTexts } from './upkeep-texts.ts';
import { runbookQuery } from './upkeep-queries.ts';

/** Writes a new runbook. */
export function RunbookNewPage() {
  const { editor } = useUpkeepTexts();
  return <EditPage name="new" start={emptyRunbook} title={editor.newTitle} verb={editor.create} />;
}

/** Writes a new version of a runbook. */
export function RunbookEditPage() {
  const { id = '' } = useParams();
  const { editor } = useUpkeepTexts();
  const runbook = useSuspenseQuery(runbookQuery(id)).data;
  return (
    <EditPage
      key={id}
      id={id}
      // A draft over another version would bring back what somebody else has changed since.
      name={`${id}.${runbook.version}`}
      start={draftOf(runbook)}
      title={editor.changeTitle(runbook.name)}
      verb={editor.save}
    />
  );
}

interface EditPageProps {
  id?: string;
  name: string;
  start: RunbookDraft;
  title: string;
  verb: string;
}

function EditPage({ id, name, start, title, verb }: EditPageProps) {
  const navigate = useNavigate();
  const refusal = useRefusal('upkeep.write');
  const mayMarkSafe = useRefusal('upkeep.trust');
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (draft: RunbookDraft): Promise<Runbook> =>
      id === undefined
        ? client.upkeep.runbooks.create(requestOf(draft))
        : client.upkeep.runbooks.change({ id, ...requestOf(draft) }),
    onSuccess: async (runbook) => {
      editor.discard();
      queryClient.setQueryData(runbookQuery(runbook.id).queryKey, runbook);
      void queryClient.invalidateQueries({ queryKey: api.upkeep.runbooks.list.key() });
      await navigate(paths.runbook(runbook.id));
    },
  });
  const editor = useRunbookEditor(name, start, serverErrors(formErrorsOf(save.error), save.variables ?? start));
  return (
    <FormPage title={title}>
      <title>{title}</title>
      <RunbookForm
        editor={editor}
        verb={verb}
        busy={save.isPending}
        problem={formErrorsOf(save.error)['']}
        refusal={refusal}
        safeRefusal={mayMarkSafe}
        onSend={() => save.mutate(editor.draft)}
        onCancel={() => void navigate(id === undefined ? paths.upkeep() : paths.runbook(id))}
      />
    </FormPage>
  );
}
