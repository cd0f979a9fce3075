import { Modal } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ToldAnomaly } from '#contract/advice-anomalies.ts';
import type { ThingRef } from '#contract/words.ts';
import { adviceScreens as en } from '#texts/en/advice-screens.ts';
import { adviceScreens as fr } from '#texts/fr/advice-screens.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { formatExact } from '../ui/format.ts';
import { offerUndo } from '../ui/offer-undo.tsx';
import { Section } from '../ui/section.tsx';
import { Time } from '../ui/time.tsx';
import { useUi } from '../ui/words.ts';
import { api, client } from './api.ts';
import { ForecastChart } from './forecast-chart.tsx';
import { useTexts } from './language.tsx';
import { PolicyForm } from './policy-form.tsx';
import { queryClient } from './query-client.ts';
import { useRefusal } from './session.ts';
import { paths } from '../paths.ts';
import './advice-sections.css';

const renew = (): Promise<void> => queryClient.invalidateQueries({ queryKey: api.advice.key() });
const mostShown = 10;
/** Lines of logs that stand with one anomaly. */
const mostLines = 3;

/** What was odd about the measurements of a check, and how they are judged. */
export function OddSection({ checkId }: { checkId: string }) {
  const { anomalies: texts, policies } = useTexts({ en, fr });
  const { locale, timeZone } = useUi();
  const [changing, setChanging] = useState(false);
  const refusal = useRefusal('advice.write');
  const found = useQuery(api.advice.anomalies.list.queryOptions({ input: { checkId, limit: mostShown } })).data;
  const judged = useQuery(api.advice.policies.ofCheck.queryOptions({ input: { checkId } })).data;
  if (found === undefined || judged === undefined || judged.series.length === 0) return null;
  const until = judged.series
    .flatMap(({ learningUntil }) => learningUntil ?? [])
    .toSorted()
    .at(-1);
  return (
    <Section
      title={texts.ofCheck}
      aside={
        <span className="v-odd-policy">
          <span className="v-quiet">{policies.modes[judged.policy.mode]}</span>{' '}
          {refusal === undefined && (
            <button type="button" className="v-link-button" onClick={() => setChanging(true)}>
              {policies.change}
            </button>
          )}
        </span>
      }
    >
      {judged.policy.mode === 'off' && <p className="v-quiet">{texts.off}</p>}
      {judged.policy.mode !== 'off' && until !== undefined && (
        <p className="v-quiet">{texts.learning(formatExact(new Date(until), locale, timeZone))}</p>
      )}
      {judged.policy.mode !== 'off' && until === undefined && found.items.length === 0 && (
        <p className="v-quiet">{texts.none}</p>
      )}
      <ul className="v-odd-list">
        {found.items.map((each) => (
          <OddLine key={each.id} odd={each} />
        ))}
      </ul>
      <Normals checkId={checkId} />
      <Modal opened={changing} onClose={() => setChanging(false)} title={<strong>{policies.ofCheck}</strong>}>
        <PolicyForm policy={judged.policy} scope="check" target={checkId} onSaved={() => setChanging(false)} />
      </Modal>
    </Section>
  );
}

function OddLine({ odd }: { odd: ToldAnomaly }) {
  const { anomalies: texts } = useTexts({ en, fr });
  const refusal = useRefusal('advice.act');
  const normal = useMutation({
    mutationFn: () => client.advice.anomalies.normal({ id: odd.id }),
    onSuccess: async ({ id }) => {
      await renew();
      offerUndo(texts.told, texts.undo, async () => {
        await client.advice.normals.end({ id });
        await renew();
      });
    },
  });
  return (
    <li>
      <div>
        <strong>{odd.label}</strong>{' '}
        <span className="v-quiet">
          {odd.overWhy === null ? texts.goingOn : texts.over[odd.overWhy]}
          {odd.alerting && odd.overWhy === null && `, ${texts.alerting}`}, <Time at={odd.since} />
        </span>
        <p>{odd.sentence}</p>
        {odd.overWhy === null && <OddLogLines id={odd.id} />}
      </div>
      {odd.overWhy !== 'normal' && (
        <ActionButton
          refusal={refusal}
          busy={normal.isPending}
          label={texts.normalOf(odd.label)}
          onClick={() => normal.mutate()}
        >
          {texts.normal}
        </ActionButton>
      )}
    </li>
  );
}

/** What the logs of the same thing said when it began. */
function OddLogLines({ id }: { id: string }) {
  const items = useQuery(api.advice.logs.ofAnomaly.queryOptions({ input: { id } })).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <ul className="v-odd-lines">
      {items.slice(0, mostLines).map((each) => (
        <li key={`${each.checkId} ${each.templateId}`}>
          <code>{each.sample}</code> <span className="v-quiet">{each.sentence}</span>
        </li>
      ))}
    </ul>
  );
}

/** What somebody called normal, to be taken back. */
function Normals({ checkId }: { checkId: string }) {
  const { anomalies: texts } = useTexts({ en, fr });
  const refusal = useRefusal('advice.act');
  const items = useQuery(api.advice.normals.list.queryOptions({ input: { checkId } })).data?.items ?? [];
  const end = useMutation({ mutationFn: (id: string) => client.advice.normals.end({ id }), onSettled: renew });
  if (items.length === 0) return null;
  return (
    <>
      <h3 className="v-odd-title">{texts.normals}</h3>
      <ul className="v-odd-list">
        {items.map((each) => (
          <li key={each.id}>
            <div>
              <strong>{each.label}</strong>{' '}
              <span className="v-quiet">
                {texts.byAt(each.by)}, <Time at={each.at} />, {texts.spared(each.spared)}
              </span>
              {each.reason !== '' && <p>{each.reason}</p>}
            </div>
            <ActionButton refusal={refusal} onClick={() => end.mutate(each.id)}>
              {texts.end}
            </ActionButton>
          </li>
        ))}
      </ul>
    </>
  );
}

/** When what has a limit will reach it, on a check or a thing: the earliest as a chart, the others as sentences. */
export function FullSection(asked: { checkId: string } | { thing: ThingRef }) {
  const { forecasts: texts } = useTexts({ en, fr });
  const which =
    'checkId' in asked ? { checkId: asked.checkId } : { thingKind: asked.thing.kind, thingId: asked.thing.id };
  const items =
    useQuery(api.advice.forecasts.list.queryOptions({ input: { ...which, limit: mostShown } })).data?.items ?? [];
  const [first] = items;
  if (first === undefined) return null;
  return (
    <Section title={texts.ofThing}>
      <ul className="v-odd-list">
        {items.map((each) => (
          <li key={each.seriesId}>
            <Link className="v-link" to={paths.forecast(each.seriesId)}>
              {each.sentence}
            </Link>
          </li>
        ))}
      </ul>
      {first.fullAt !== null && <ForecastChart seriesId={first.seriesId} />}
    </Section>
  );
}
