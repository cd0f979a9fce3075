import { Checkbox, NativeSelect } from '@mantine/core';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { priority } from '#contract/desk.ts';
import type { Route, Target } from '#contract/notify-routes.ts';
import type { ThingRef } from '#contract/words.ts';
import { api, client } from '#web/shell/api.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { NotFoundPage } from '#web/shell/route-failure.tsx';
import { useRefusal } from '#web/shell/session.ts';
import { TagPicker } from '#web/shell/tag-picker.tsx';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { NamedForm } from '#web/ui/form/named-form.tsx';
import { paths } from '#web/paths.ts';
import { routesQuery, thingsQuery } from './notify-queries.ts';
import { useNotifyTexts } from './notify-texts.ts';
import { useThingKinds } from './use-thing-kinds.ts';
import { TargetPicker, ThingChooser } from './target-picker.tsx';

interface Draft {
  readonly name: string;
  readonly active: boolean;
  readonly from: Route['from'];
  readonly things: readonly ThingRef[];
  readonly tags: readonly string[];
  readonly targets: readonly Target[];
  readonly goesOn: boolean;
}

const empty: Draft = { name: '', active: true, from: 'low', things: [], tags: [], targets: [], goesOn: true };

/** Adds or changes a route. */
export function RouteFormPage() {
  const { id } = useParams();
  const { routes: texts } = useNotifyTexts();
  const known = useSuspenseQuery(routesQuery).data.items.find((each) => each.id === id);
  if (id !== undefined && known === undefined) return <NotFoundPage />;
  return (
    <FormPage title={known === undefined ? texts.newTitle : texts.changeTitle(known.name)}>
      <RouteForm key={id} id={id} start={known ?? empty} />
    </FormPage>
  );
}

function useRouteSave(id: string | undefined) {
  const navigate = useNavigate();
  return useMutation({
    meta: { quiet: true },
    mutationFn: ({ name, active, from, goesOn, ...draft }: Draft) => {
      const asked = {
        name,
        active,
        from,
        goesOn,
        tags: [...draft.tags],
        things: draft.things.map((thing) => ({ kind: thing.kind, id: thing.id })),
        targets: draft.targets.map((target) => ({ kind: target.kind, id: target.id })),
      };
      return id === undefined ? client.notify.routes.create(asked) : client.notify.routes.change({ id, ...asked });
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: api.notify.key() });
      await navigate(paths.routes());
    },
  });
}

function RouteForm({ id, start }: { id: string | undefined; start: Draft }) {
  const { routes: texts } = useNotifyTexts();
  const refusal = useRefusal('notify.write');
  const [draft, setDraft] = useState<Draft>(start);
  const set = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }));
  const save = useRouteSave(id);
  const errors = formErrorsOf(save.error);
  return (
    <NamedForm
      nameLabel={texts.name}
      name={draft.name}
      onName={(name) => set({ name })}
      errors={errors}
      saveLabel={texts.save}
      busy={save.isPending}
      refusal={refusal}
      cancelTo={paths.routes()}
      onSubmit={() => save.mutate(draft)}
    >
      <RouteMatch
        draft={draft}
        set={set}
        error={Object.entries(errors).find(([field]) => field.startsWith('tags'))?.[1]}
      />
      <TargetPicker
        label={texts.targets}
        help={texts.targetsHelp}
        chosen={draft.targets}
        withPolicies
        error={errors['targets']}
        onChange={(targets) => set({ targets })}
      />
      <Checkbox
        label={texts.goesOn}
        checked={draft.goesOn}
        onChange={(event) => set({ goesOn: event.currentTarget.checked })}
      />
      <Checkbox
        label={texts.active}
        checked={draft.active}
        onChange={(event) => set({ active: event.currentTarget.checked })}
      />
    </NamedForm>
  );
}

/** Which incidents go this way. */
function RouteMatch({
  draft,
  set,
  error,
}: {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
  error: string | undefined;
}) {
  const { routes: texts, priorities } = useNotifyTexts();
  const kindName = useThingKinds();
  const things = useSuspenseQuery(thingsQuery).data;
  return (
    <>
      <NativeSelect
        label={texts.from}
        value={draft.from}
        onChange={(event) => set({ from: priority.parse(event.currentTarget.value) })}
        data={priority.options.map((value) => ({ value, label: priorities[value] }))}
      />
      <ThingChooser
        label={texts.things}
        help={texts.thingsHelp}
        addLabel={texts.addThing}
        chosen={draft.things}
        offered={things}
        kindName={kindName}
        goneName={texts.gone}
        onChange={(chosen) => set({ things: chosen })}
      />
      <TagPicker
        label={texts.tags}
        description={texts.tagsHelp}
        value={draft.tags}
        most={50}
        error={error}
        onChange={(tags) => set({ tags })}
      />
    </>
  );
}
