import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { IconArrowDown, IconArrowUp, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Route } from '#contract/notify-routes.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { IconAct } from '#web/ui/icon-act.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { paths } from '#web/paths.ts';
import { routesQuery } from './notify-queries.ts';
import { useNotifyTexts } from './notify-texts.ts';
import { RouteExplainer } from './route-explainer.tsx';
import { TargetChips } from './target-chips.tsx';
import { useSections } from './use-sections.ts';
import '#web/ui/page.css';
import './notify.css';

/** Routes in their order, and who would be told now. */
export function RouteListPage() {
  const { routes: texts, title, sections: words } = useNotifyTexts();
  const routes = useSuspenseQuery(routesQuery).data.items;
  const refusal = useRefusal('notify.write');
  const sections = useSections();
  const order = useMutation({
    ...api.notify.routes.order.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.notify.routes.key() }),
    }),
  });
  const move = (place: number, by: -1 | 1): void => {
    const ids = routes.map(({ id }) => id);
    const [moved] = ids.splice(place, 1);
    if (moved !== undefined) ids.splice(place + by, 0, moved);
    order.mutate({ ids });
  };
  const add = (
    <ActionButton main to={paths.routeNew()} icon={<IconPlus size={15} />} refusal={refusal}>
      {texts.new}
    </ActionButton>
  );
  return (
    <section className="v-page" data-scroll="">
      <title>{`${words.routes} – ${title}`}</title>
      <header className="v-page-head">
        <h1 className="v-title">{texts.title}</h1>
        <div className="v-page-actions">{add}</div>
      </header>
      <SectionTabs label={title} tabs={sections} />
      <div className="v-routing">
        {routes.length === 0 ? (
          <EmptyState title={texts.empty.title} action={add}>
            {texts.empty.text}
          </EmptyState>
        ) : (
          <div>
            <p className="v-form-lead">{texts.lead}</p>
            <ol className="v-routes">
              {routes.map((route, place) => (
                <RouteRow key={route.id} route={route} place={place} count={routes.length} move={move} />
              ))}
            </ol>
          </div>
        )}
        <RouteExplainer />
      </div>
    </section>
  );
}

interface RowProps {
  route: Route;
  place: number;
  count: number;
  move: (place: number, by: -1 | 1) => void;
}

function RouteRow({ route, place, count, move }: RowProps) {
  const { routes: texts, priorities } = useNotifyTexts();
  const refusal = useRefusal('notify.write');
  const [removing, setRemoving] = useState(false);
  const { id, name, active, from, things, tags, targets, goesOn } = route;
  const about = [...things.map((thing) => thing.name), ...tags.map(texts.tag)];
  const remove = async (): Promise<void> => {
    await spoken(client.notify.routes.remove({ id }));
    await queryClient.invalidateQueries({ queryKey: api.notify.key() });
  };
  return (
    <li data-off={!active || undefined}>
      <div className="v-route-head">
        <strong>{name}</strong>
        {!active && <span className="v-quiet">{texts.off}</span>}
        <span className="v-route-acts">
          <IconAct
            label={`${texts.up} – ${name}`}
            icon={<IconArrowUp size={14} />}
            refusal={refusal}
            idle={place === 0}
            onClick={() => move(place, -1)}
          />
          <IconAct
            label={`${texts.down} – ${name}`}
            icon={<IconArrowDown size={14} />}
            refusal={refusal}
            idle={place === count - 1}
            onClick={() => move(place, 1)}
          />
          <IconAct label={`${texts.change} – ${name}`} icon={<IconPencil size={14} />} to={paths.route(id)} />
          <IconAct
            label={`${texts.remove} – ${name}`}
            icon={<IconTrash size={14} />}
            refusal={refusal}
            onClick={() => setRemoving(true)}
          />
        </span>
      </div>
      <dl className="v-route-facts">
        <dt>{texts.from}</dt>
        <dd>{priorities[from]}</dd>
        <dt>{texts.things}</dt>
        <dd>{about.length === 0 ? texts.anything : about.join(', ')}</dd>
        <dt>{texts.targets}</dt>
        <dd>
          <TargetChips targets={targets} />
          {!goesOn && <span className="v-quiet"> · {texts.stops}</span>}
        </dd>
      </dl>
      <ConfirmDialog
        opened={removing}
        title={texts.removeTitle(name)}
        verb={texts.remove}
        onConfirm={remove}
        onClose={() => setRemoving(false)}
      >
        {texts.removeText}
      </ConfirmDialog>
    </li>
  );
}
