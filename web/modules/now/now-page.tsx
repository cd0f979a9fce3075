import { useQuery } from '@tanstack/react-query';
import { Navigate } from 'react-router';
import type { Permission } from '#contract/permission.ts';
import { queryClient, ready } from '#web/shell/query-client.ts';
import { paths } from '#web/paths.ts';
import { meQuery, useMe } from '#web/shell/session.ts';
import { FirstSteps } from './first-steps.tsx';
import { nowItems } from './now-items.ts';
import { NowList } from './now-list.tsx';
import { NowProof } from './now-proof.tsx';
import { countsQuery, openTicketsQuery, waitingRunsQuery } from './now-queries.ts';
import { useNowTexts } from './now-texts.ts';
import { StateStrip } from './state-strip.tsx';
import './now.css';

function holds(permission: Permission): boolean {
  return queryClient.getQueryData(meQuery.queryKey)?.permissions.includes(permission) ?? false;
}

/** Only what my role may read is asked for. */
export const loader = () =>
  Promise.all([
    holds('desk.read') && ready(openTicketsQuery()),
    holds('upkeep.read') && ready(waitingRunsQuery()),
    holds('watch.read') && ready(countsQuery()),
  ]);

/** The first screen: what wants a hand, in one order; or that all is well, with the proof. */
export function NowPage() {
  const texts = useNowTexts();
  const { permissions } = useMe();
  const tickets = useQuery({ ...openTicketsQuery(), enabled: permissions.includes('desk.read') });
  const runs = useQuery({ ...waitingRunsQuery(), enabled: permissions.includes('upkeep.read') });
  const counts = useQuery({ ...countsQuery(), enabled: permissions.includes('watch.read') });
  if (!permissions.includes('desk.read')) return <Navigate to={paths.mine()} replace />;
  const items = nowItems(tickets.data?.items ?? [], runs.data?.items ?? [], counts.data?.unknown ?? 0);
  return (
    <section className="v-page" data-scroll="">
      <title>{items.length === 0 ? texts.title : `(${items.length}) ${texts.title}`}</title>
      <header className="v-page-head">
        <h1 className="v-title">
          {texts.title}
          {items.length > 0 && <span className="v-count">{texts.wants(items.length)}</span>}
        </h1>
      </header>
      <div className="v-now">
        {counts.data !== undefined && <StateStrip counts={counts.data} />}
        {items.length > 0 && <NowList items={items} />}
        {counts.data !== undefined && <NowProof counts={counts.data} well={items.length === 0} />}
        <FirstSteps />
      </div>
    </section>
  );
}
