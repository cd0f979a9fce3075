import { notifications } from '@mantine/notifications';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { api, client } from '#web/shell/api.ts';
import { queryClient, ready } from '#web/shell/query-client.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import type { JsonSchema } from '#web/ui/form/json-schema.ts';
import { SchemaForm } from '#web/ui/form/schema-form.tsx';
import { formatBytes, formatExact, formatNumber } from '#web/ui/format.ts';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { Section } from '#web/ui/section.tsx';
import { StateBadge } from '#web/ui/state-badge.tsx';
import { useUi } from '#web/ui/words.ts';
import { useSections } from '../use-sections.ts';
import { useWatchTexts } from '../watch-texts.ts';
import { useMeasurementTexts } from './measurement-texts.ts';
import '#web/ui/page.css';
import '../watch.css';

const retentionQuery = api.watch.retention.get.queryOptions({ input: {}, refetchInterval: 60_000 });
const remoteQuery = api.watch.remoteWrite.get.queryOptions({ input: {}, refetchInterval: 10_000 });
const doorQuery = api.watch.metricsDoor.get.queryOptions({ input: {} });

export const loader = () => Promise.all([ready(retentionQuery), ready(remoteQuery), ready(doorQuery)]);

/** How long measurements are kept, and where they are sent on to. */
export function KeepMeasurementsPage() {
  const { keep: texts } = useMeasurementTexts();
  const { sections } = useWatchTexts();
  return (
    <section className="v-page" data-scroll="">
      <title>{`${texts.title} – Vigie`}</title>
      <header className="v-page-head">
        <h1 className="v-title">{texts.title}</h1>
      </header>
      <SectionTabs label={sections.label} tabs={useSections().map((each) => ({ ...each, end: true }))} />
      <div className="v-keep">
        <p className="v-quiet">{texts.lead}</p>
        <Retention />
        <Remote />
        <Door />
      </div>
    </section>
  );
}

const days = (minimum: number, maximum: number): JsonSchema => ({ type: 'integer', minimum, maximum });
const retentionSchema: JsonSchema = {
  type: 'object',
  properties: {
    rawDays: days(1, 400),
    fiveMinuteDays: days(1, 1_500),
    hourDays: days(1, 4_000),
    dayDays: days(30, 36_500),
  },
  required: ['rawDays', 'fiveMinuteDays', 'hourDays', 'dayDays'],
};
const retentionWords = z.object({
  rawDays: z.number(),
  fiveMinuteDays: z.number(),
  hourDays: z.number(),
  dayDays: z.number(),
});

function Retention() {
  const { keep: texts } = useMeasurementTexts();
  const { data } = useSuspenseQuery(retentionQuery);
  const refusal = useRefusal('watch.settings');
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (typed: Record<string, unknown>) => client.watch.retention.set(retentionWords.parse(typed)),
    onSuccess: (saved) => {
      queryClient.setQueryData(retentionQuery.queryKey, saved);
      notifications.show({ message: texts.saved });
    },
  });
  const inDays = (label: string, help: string) => ({ label: `${label} (${texts.daysUnit})`, help });
  return (
    <Section title={texts.retention}>
      <p className="v-quiet">{texts.retentionHelp}</p>
      <Sizes />
      <SchemaForm
        schema={retentionSchema}
        value={data}
        texts={{
          rawDays: inDays(texts.raw, texts.rawHelp),
          fiveMinuteDays: inDays(texts.fiveMinutes, texts.rolledHelp),
          hourDays: inDays(texts.hours, texts.rolledHelp),
          dayDays: inDays(texts.days, texts.rolledHelp),
        }}
        errors={formErrorsOf(save.error)}
        busy={save.isPending}
        refusal={refusal}
        submitLabel={texts.save}
        onSubmit={(typed) => save.mutate(typed)}
      />
    </Section>
  );
}

function Sizes() {
  const { keep: texts } = useMeasurementTexts();
  const { words, locale, timeZone } = useUi();
  const { data } = useSuspenseQuery(retentionQuery);
  const names = {
    open: texts.open,
    raw: texts.raw,
    five_minutes: texts.fiveMinutes,
    hours: texts.hours,
    days: texts.days,
  };
  const exact = (at: string | null): string =>
    at === null ? words.list.noValue : formatExact(new Date(at), locale, timeZone);
  return (
    <>
      <table className="v-keep-sizes" aria-label={texts.size}>
        <thead>
          <tr>
            <th scope="col">{texts.title}</th>
            <th scope="col">{texts.size}</th>
            <th scope="col">{texts.since}</th>
          </tr>
        </thead>
        <tbody>
          {data.sizes.map(({ of, bytes, since }) => (
            <tr key={of}>
              <th scope="row">{names[of]}</th>
              <td className="v-number">{formatBytes(bytes, locale, words.byteUnits)}</td>
              <td className="v-number">{exact(since)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="v-quiet">
        {texts.rolledUntil} {exact(data.rolledUntil)}
      </p>
    </>
  );
}

const remoteSchema: JsonSchema = {
  type: 'object',
  properties: {
    active: { type: 'boolean', default: true },
    writeUrl: { type: 'string', minLength: 1, maxLength: 500 },
    userName: { type: 'string', maxLength: 200 },
    secret: { type: 'string', maxLength: 4_000, secret: true },
    queryUrl: { type: 'string', maxLength: 500 },
    readBack: { type: 'boolean', default: false },
    labels: { type: 'object', additionalProperties: { type: 'string', maxLength: 200 } },
    kinds: { type: 'array', items: { type: 'string' }, maxItems: 100 },
    specialAllowed: { type: 'boolean', default: false },
  },
  required: ['writeUrl'],
};
const remoteWords = z.object({
  active: z.boolean().default(true),
  writeUrl: z.string(),
  userName: z.string().default(''),
  secret: z.string().optional(),
  queryUrl: z.string().default(''),
  readBack: z.boolean().default(false),
  labels: z.record(z.string(), z.string()).default({}),
  kinds: z.array(z.string()).default([]),
  specialAllowed: z.boolean().default(false),
});

const renew = () => queryClient.invalidateQueries({ queryKey: api.watch.remoteWrite.key() });

function Remote() {
  const { keep: texts } = useMeasurementTexts();
  const { remote } = useSuspenseQuery(remoteQuery).data;
  const refusal = useRefusal('watch.settings');
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (typed: Record<string, unknown>) => {
      const { secret, ...open } = remoteWords.parse(typed);
      return client.watch.remoteWrite.set({ ...open, ...(secret === undefined ? {} : { secret }) });
    },
    onSuccess: async () => {
      notifications.show({ message: texts.saved });
      await renew();
    },
  });
  const stop = useMutation({ mutationFn: () => client.watch.remoteWrite.remove({}), onSuccess: renew });
  return (
    <Section
      title={texts.remote}
      aside={
        remote !== null && (
          <ActionButton refusal={refusal} onClick={() => stop.mutate()}>
            {texts.stop}
          </ActionButton>
        )
      }
    >
      <p className="v-quiet">{texts.remoteHelp}</p>
      {remote !== null && <RemoteState />}
      <SchemaForm
        key={save.submittedAt}
        schema={remoteSchema}
        value={remote ?? {}}
        secretsSet={remote?.hasSecret === true ? ['secret'] : []}
        advanced={['labels', 'kinds', 'specialAllowed']}
        texts={{
          active: { label: texts.active },
          writeUrl: { label: texts.url, help: texts.urlHelp },
          userName: { label: texts.userName, help: texts.userNameHelp },
          secret: { label: texts.secret },
          queryUrl: { label: texts.queryUrl, help: texts.queryUrlHelp },
          readBack: { label: texts.readBack, help: texts.readBackHelp },
          labels: { label: texts.labels },
          kinds: { label: texts.kinds },
          specialAllowed: { label: texts.special, help: texts.specialHelp },
        }}
        errors={formErrorsOf(save.error)}
        busy={save.isPending}
        refusal={refusal}
        submitLabel={texts.save}
        onSubmit={(typed) => save.mutate(typed)}
      />
    </Section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function RemoteState() {
  const { state: texts } = useMeasurementTexts().keep;
  const { locale, timeZone } = useUi();
  const { remote } = useSuspenseQuery(remoteQuery).data;
  if (remote === null) return null;
  const exact = (at: string): string => formatExact(new Date(at), locale, timeZone);
  const failing = remote.failingSince !== null;
  return (
    <dl className="v-keep-state">
      <Fact name="">
        {remote.active ? (
          <>
            <StateBadge state={failing ? 'down' : 'up'} /> {failing ? texts.failing : texts.well}
          </>
        ) : (
          texts.off
        )}
      </Fact>
      <Fact name={texts.sentUntil}>{exact(remote.sentUntil)}</Fact>
      <Fact name={texts.sent}>{formatNumber(remote.sent, locale, 0)}</Fact>
      {remote.refused > 0 && <Fact name={texts.refused}>{formatNumber(remote.refused, locale, 0)}</Fact>}
      {remote.failingSince !== null && <Fact name={texts.failingSince}>{exact(remote.failingSince)}</Fact>}
      {remote.nextTryAt !== null && failing && <Fact name={texts.next}>{exact(remote.nextTryAt)}</Fact>}
      {remote.lastError !== null && (failing || remote.refused > 0) && (
        <Fact name={texts.said}>
          <code>{remote.lastError}</code>
        </Fact>
      )}
    </dl>
  );
}

function Door() {
  const { keep: texts } = useMeasurementTexts();
  const { data } = useSuspenseQuery(doorQuery);
  const refusal = useRefusal('watch.settings');
  const [token, setToken] = useState<string | null>(null);
  const set = useMutation({
    mutationFn: (closed: boolean) => client.watch.metricsDoor.set({ closed }),
    onSuccess: async (saved) => {
      setToken(saved.token);
      await queryClient.invalidateQueries({ queryKey: api.watch.metricsDoor.key() });
    },
  });
  return (
    <Section title={texts.door}>
      <p className="v-quiet">{texts.doorHelp}</p>
      <p>{data.closed ? texts.doorClosed : texts.doorOpen}</p>
      {token !== null && (
        <p>
          {texts.token} <code>{token}</code>
        </p>
      )}
      <div className="v-keep-buttons">
        <ActionButton refusal={refusal} busy={set.isPending} onClick={() => set.mutate(true)}>
          {texts.closeDoor}
        </ActionButton>
        {data.closed && (
          <ActionButton refusal={refusal} onClick={() => set.mutate(false)}>
            {texts.openDoor}
          </ActionButton>
        )}
      </div>
    </Section>
  );
}
