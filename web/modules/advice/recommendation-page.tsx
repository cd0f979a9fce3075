import { Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { IconCheck, IconPlayerPlay, IconThumbUp, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Recommendation } from '#contract/advice.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ThingChip, ThingLink } from '#web/shell/thing-link.tsx';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { TimeSeriesChart } from '#web/ui/chart/time-series-chart.tsx';
import { nowMs } from '#web/ui/clock.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { FactsPanel, type Fact } from '#web/ui/facts-panel.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { offerUndo } from '#web/ui/offer-undo.tsx';
import { Section } from '#web/ui/section.tsx';
import { ThingPage } from '#web/ui/thing-page.tsx';
import { Time } from '#web/ui/time.tsx';
import { recommendationQuery } from './advice-queries.ts';
import { useAdviceTexts } from './advice-texts.ts';
import './advice.css';

/** One recommendation: what was found, what it would bring, what to do, and what it rests on. */
export function RecommendationPage() {
  const { id = '' } = useParams();
  const { recommendations: texts, states } = useAdviceTexts();
  const { data: item } = useSuspenseQuery(recommendationQuery(id));
  return (
    <ThingPage
      kind={texts.one}
      name={item.title}
      lead={
        <>
          {states[item.state]}, {texts.facts.first.toLowerCase()} <Time at={item.firstSeenAt} />
        </>
      }
      actions={<Decisions item={item} />}
      chips={item.about === null ? undefined : <ThingChip thing={item.about} />}
      facts={<Facts item={item} />}
    >
      <Section title={texts.finding}>
        <p>{item.finding}</p>
      </Section>
      {item.series.length > 0 && <Charts series={item.series} />}
      <Section title={texts.evidence}>
        <dl className="v-advice-evidence">
          {item.evidence.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd className="v-number">{value}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title={texts.gain}>
        <p>{item.gain}</p>
      </Section>
      <Section title={texts.remedy}>
        <p>{item.remedy}</p>
        <Remedy item={item} />
        <p>
          {item.links.map((link) => (
            <Link key={`${link.kind} ${link.id}`} className="v-link v-advice-link" to={addressOf(link)}>
              {link.name}
            </Link>
          ))}
          <Link className="v-link" to={paths.upkeep()}>
            {texts.runbooks}
          </Link>
        </p>
      </Section>
      {item.state === 'done' && (
        <Section title={texts.measured}>
          <p>{item.measured ?? texts.notMeasured}</p>
        </Section>
      )}
    </ThingPage>
  );
}

/** The runbook that carries it out, proposed for the host it is about. */
function Remedy({ item }: { item: Recommendation }) {
  const { recommendations: texts } = useAdviceTexts();
  const navigate = useNavigate();
  const refusal = useRefusal('upkeep.run');
  const runbook = item.links.find(({ kind }) => kind === 'runbook');
  if (runbook === undefined || (item.state !== 'open' && item.state !== 'accepted')) return null;
  const host = item.about?.kind === 'host' ? { host: item.about.id } : {};
  return (
    <p>
      <ActionButton
        main={item.state === 'accepted'}
        icon={<IconPlayerPlay size={15} />}
        refusal={refusal}
        onClick={() => void navigate(paths.runNew({ runbook: runbook.id, ...host }))}
      >
        {texts.propose(runbook.name)}
      </ActionButton>{' '}
      <span className="v-quiet">{texts.proposeHelp}</span>
    </p>
  );
}

function addressOf({ kind, id }: Recommendation['links'][number]): string {
  switch (kind) {
    case 'check':
      return paths.check(id);
    case 'ticket':
      return paths.ticket(id);
    case 'runbook':
      return paths.runbook(id);
    case 'solution':
      return paths.solution(id);
    case 'forecast':
      return paths.forecast(id);
    default:
      return paths.thing({ kind, id });
  }
}

const shownMs = 14 * 86_400_000;
const mostCharts = 3;

/** The fortnight that it rests on. */
function Charts({ series }: { series: readonly number[] }) {
  const { data } = useQuery({
    queryKey: [...api.advice.key(), 'evidence', series],
    queryFn: () =>
      client.watch.measurements.chart({
        series: series.slice(0, mostCharts),
        from: new Date(nowMs() - shownMs).toISOString(),
        until: new Date(nowMs()).toISOString(),
        points: 300,
      }),
    staleTime: 300_000,
  });
  return data?.series.map((each) => (
    <TimeSeriesChart
      key={each.id}
      title={each.label}
      data={{
        times: data.times,
        unit: each.unit,
        marks: data.marks,
        series: [{ name: String(each.id), label: each.label, values: each.mean, min: each.min, max: each.max }],
      }}
    />
  ));
}

const renew = (): Promise<void> => queryClient.invalidateQueries({ queryKey: api.advice.key() });

/** Takes a decision, and says how to take it back. */
function useDecide() {
  const { recommendations: texts } = useAdviceTexts();
  return async (work: Promise<Recommendation>, message: string): Promise<void> => {
    const { id } = await spoken(work);
    await renew();
    offerUndo(message, texts.undo, async () => {
      await client.advice.recommendations.reopen({ id });
      await renew();
    });
  };
}

function Decisions({ item }: { item: Recommendation }) {
  const { recommendations: texts } = useAdviceTexts();
  const refusal = useRefusal('advice.act');
  const [declining, setDeclining] = useState(false);
  const decide = useDecide();
  const { id, state } = item;
  const act = useMutation({
    mutationFn: async (what: 'accept' | 'done' | 'reopen') => {
      if (what === 'reopen') await client.advice.recommendations.reopen({ id });
      else await decide(client.advice.recommendations[what]({ id }), what === 'accept' ? texts.accepted : texts.isDone);
    },
    onError: (error) => notifications.show({ message: error.message }),
    onSettled: renew,
  });
  const mayDecline = state === 'open' || state === 'accepted';
  useKeys(texts.one, [
    ...(state === 'open' && refusal === undefined
      ? [{ keys: 'a', label: texts.accept, run: () => act.mutate('accept') }]
      : []),
    ...(mayDecline && refusal === undefined
      ? [{ keys: 'd', label: texts.decline, run: () => setDeclining(true) }]
      : []),
  ]);
  return (
    <>
      {state === 'open' && (
        <ActionButton
          main
          keys="a"
          icon={<IconThumbUp size={15} />}
          refusal={refusal}
          busy={act.isPending}
          onClick={() => act.mutate('accept')}
        >
          {texts.accept}
        </ActionButton>
      )}
      {mayDecline && (
        <>
          <ActionButton
            main={state === 'accepted' && !item.links.some(({ kind }) => kind === 'runbook')}
            icon={<IconCheck size={15} />}
            refusal={refusal}
            onClick={() => act.mutate('done')}
          >
            {texts.done}
          </ActionButton>
          <ActionButton keys="d" icon={<IconX size={15} />} refusal={refusal} onClick={() => setDeclining(true)}>
            {texts.decline}
          </ActionButton>
        </>
      )}
      {state !== 'open' && state !== 'expired' && (
        <ActionButton refusal={refusal} onClick={() => act.mutate('reopen')}>
          {texts.reopen}
        </ActionButton>
      )}
      {declining && <Declining item={item} onClose={() => setDeclining(false)} />}
    </>
  );
}

function Declining({ item, onClose }: { item: Recommendation; onClose: () => void }) {
  const { recommendations: texts } = useAdviceTexts();
  const decide = useDecide();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const confirm = async (): Promise<void> => {
    if (reason.trim() === '') {
      setMissing(true);
      throw new Error(texts.reasonNeeded);
    }
    await decide(client.advice.recommendations.decline({ id: item.id, reason: reason.trim() }), texts.declined);
  };
  return (
    <ConfirmDialog opened title={item.title} verb={texts.decline} onConfirm={confirm} onClose={onClose}>
      <Textarea
        label={texts.reason}
        description={texts.declineLead}
        autosize
        minRows={2}
        maxLength={500}
        data-autofocus=""
        error={missing && reason.trim() === ''}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value.replaceAll(/[\r\n]+/gu, ' '))}
      />
    </ConfirmDialog>
  );
}

function share(value: number) {
  return <span className="v-number">{Math.round(value * 100)} %</span>;
}

function Facts({ item }: { item: Recommendation }) {
  const { recommendations: texts } = useAdviceTexts();
  const { facts } = texts;
  const all: readonly (Fact | false)[] = [
    { name: 'weight', label: facts.weight, shown: <span className="v-number">{Math.round(item.weight)}</span> },
    { name: 'gain', label: facts.gain, shown: share(item.gainShare) },
    { name: 'certainty', label: facts.certainty, shown: share(item.certainty) },
    { name: 'importance', label: facts.importance, shown: share(item.importance) },
    { name: 'last', label: facts.last, shown: <Time at={item.lastSeenAt} /> },
    item.about !== null && { name: 'about', label: texts.columns.about, shown: <ThingLink thing={item.about} /> },
    item.decidedAt !== null && {
      name: 'decided',
      label: facts.decided,
      shown: (
        <>
          <Time at={item.decidedAt} /> {item.decidedBy}
        </>
      ),
    },
    item.reason !== '' && { name: 'reason', label: facts.reason, shown: item.reason },
    item.ticketId !== null && {
      name: 'problem',
      label: facts.problem,
      shown: (
        <Link className="v-link" to={paths.ticket(item.ticketId)}>
          {texts.problem}
        </Link>
      ),
    },
  ];
  return <FactsPanel facts={all.filter((fact) => fact !== false)} />;
}
