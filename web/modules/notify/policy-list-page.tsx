import { useSuspenseQuery } from '@tanstack/react-query';
import type { Policy } from '#contract/notify-routes.ts';
import { client } from '#web/shell/api.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { paths } from '#web/paths.ts';
import { KeptActs } from './kept-acts.tsx';
import { AddButton, NoticesPage } from './notices-page.tsx';
import { policiesQuery } from './notify-queries.ts';
import { useNotifyTexts } from './notify-texts.ts';
import { TargetChips } from './target-chips.tsx';

/** Escalation policies, each with its steps in time. */
export function PolicyListPage() {
  const { policies: texts, sections: words } = useNotifyTexts();
  const policies = useSuspenseQuery(policiesQuery).data.items;
  const add = <AddButton to={paths.policyNew()}>{texts.new}</AddButton>;
  return (
    <NoticesPage title={texts.title} section={words.policies} add={add}>
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
    </NoticesPage>
  );
}

function PolicyCard({ policy }: { policy: Policy }) {
  const { policies: texts } = useNotifyTexts();
  const { id, name, steps, repeats, repeatMinutes, usedBy } = policy;
  return (
    <article className="v-policy">
      <div className="v-route-head">
        <h2>{name}</h2>
        <KeptActs
          name={name}
          to={paths.policy(id)}
          texts={texts}
          remove={() => client.notify.policies.remove({ id })}
        />
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
    </article>
  );
}
