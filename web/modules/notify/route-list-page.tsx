import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { Route } from '#contract/notify-routes.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { IconAct } from '#web/ui/icon-act.tsx';
import { paths } from '#web/paths.ts';
import { KeptActs } from './kept-acts.tsx';
import { AddButton, NoticesPage } from './notices-page.tsx';
import { routesQuery } from './notify-queries.ts';
import { useNotifyTexts } from './notify-texts.ts';
import { RouteExplainer } from './route-explainer.tsx';
import { TargetChips } from './target-chips.tsx';

/** Routes in their order, and who would be told now. */
export function RouteListPage() {
  const { routes: texts, sections: words } = useNotifyTexts();
  const routes = useSuspenseQuery(routesQuery).data.items;
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
  const add = <AddButton to={paths.routeNew()}>{texts.new}</AddButton>;
  return (
    <NoticesPage title={texts.title} section={words.routes} add={add}>
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
    </NoticesPage>
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
  const { id, name, active, from, things, tags, targets, goesOn } = route;
  const about = [...things.map((thing) => thing.name), ...tags.map(texts.tag)];
  return (
    <li data-off={!active || undefined}>
      <div className="v-route-head">
        <strong>{name}</strong>
        {!active && <span className="v-quiet">{texts.off}</span>}
        <KeptActs name={name} to={paths.route(id)} texts={texts} remove={() => client.notify.routes.remove({ id })}>
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
        </KeptActs>
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
    </li>
  );
}
