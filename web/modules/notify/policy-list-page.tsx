import { useSuspenseQuery } from '@tanstack/react-query';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Policy } from '#contract/notify-routes.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { IconAct } from '#web/ui/icon-act.tsx';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { paths } from '#web/paths.ts';
import { policiesQuery } from './notify-queries.ts';
import { useNotifyTexts } from './notify-texts.ts';
import { TargetChips } from './target-chips.tsx';
import { useSections } from './use-sections.ts';
import '#web/ui/page.css';
import './notify.css';

/** Escalation policies, each with its steps in time. */
export function PolicyListPage() {
  const { policies: texts, title, sections: words } = useNotifyTexts();
  const policies = useSuspenseQuery(policiesQuery).data.items;
  const refusal = useRefusal('notify.write');
  const sections = useSections();
  const add = (
    <ActionButton main to={paths.policyNew()} icon={<IconPlus size={15} />} refusal={refusal}>
      {texts.new}
    </ActionButton>
  );
  return (
    <section className="v-page" data-scroll="">
      <title>{`${words.policies} – ${title}`}</title>
      <header className="v-page-head">
        <h1 className="v-title">{texts.title}</h1>
        <div className="v-page-actions">{add}</div>
      </header>
      <SectionTabs label={title} tabs={sections} />
      {policies.length === 0 ? (
        <EmptyState title={texts.empty.title} action={add}>
          {texts.empty.text}
        </EmptyState>
      ) : (
        <div className="v-policies">
          <p className="v-form-lead">{texts.lead}</p>
          {policies.map((policy) => (
            <PolicyCard key={policy.id} policy={policy} />
          ))}
        </div>
      )}
    </section>
  );
}

function PolicyCard({ policy }: { policy: Policy }) {
  const { policies: texts } = useNotifyTexts();
  const refusal = useRefusal('notify.write');
  const [removing, setRemoving] = useState(false);
  const { id, name, steps, repeats, repeatMinutes, usedBy } = policy;
  const remove = async (): Promise<void> => {
    await spoken(client.notify.policies.remove({ id }));
    await queryClient.invalidateQueries({ queryKey: api.notify.key() });
  };
  return (
    <article className="v-policy">
      <div className="v-route-head">
        <h2>{name}</h2>
        <span className="v-route-acts">
          <IconAct label={`${texts.change} – ${name}`} icon={<IconPencil size={14} />} to={paths.policy(id)} />
          <IconAct
            label={`${texts.remove} – ${name}`}
            icon={<IconTrash size={14} />}
            refusal={refusal}
            onClick={() => setRemoving(true)}
          />
        </span>
      </div>
      <ol className="v-steps">
        {steps.map(({ afterMinutes, targets }, place) => (
          // Steps have no name of their own: their place is what they are.
          <li key={`${afterMinutes} ${place}`}>
            <span className="v-step-when">
              {afterMinutes} {texts.minutes}
            </span>
            <TargetChips targets={targets} />
          </li>
        ))}
      </ol>
      <p className="v-quiet">{texts.again({ repeats, minutes: repeatMinutes })}</p>
      <p className="v-quiet">
        {texts.usedBy} {usedBy.length === 0 ? texts.unused : usedBy.join(', ')}
      </p>
      <ConfirmDialog
        opened={removing}
        title={texts.removeTitle(name)}
        verb={texts.remove}
        onConfirm={remove}
        onClose={() => setRemoving(false)}
      >
        {texts.removeText}
      </ConfirmDialog>
    </article>
  );
}
