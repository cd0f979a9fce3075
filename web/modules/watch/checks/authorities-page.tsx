import { Textarea } from '@mantine/core';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, client } from '#web/shell/api.ts';
import { queryClient, ready } from '#web/shell/query-client.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { formatExact } from '#web/ui/format.ts';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { Section } from '#web/ui/section.tsx';
import { useUi } from '#web/ui/words.ts';
import { useMeasurementTexts } from '../measurements/measurement-texts.ts';
import { useSections } from '../use-sections.ts';
import { useWatchTexts } from '../watch-texts.ts';
import '#web/ui/page.css';
import '../watch.css';

const authoritiesQuery = api.watch.authorities.list.queryOptions({ input: {} });

export const loader = () => ready(authoritiesQuery);

/** The company's own certificate authorities, which checks believe. */
export function AuthoritiesPage() {
  const { authorities: texts } = useMeasurementTexts();
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
        <Believed />
        <Add />
      </div>
    </section>
  );
}

const renew = () => queryClient.invalidateQueries({ queryKey: api.watch.authorities.key() });

function Believed() {
  const { authorities: texts } = useMeasurementTexts();
  const { locale, timeZone } = useUi();
  const { items } = useSuspenseQuery(authoritiesQuery).data;
  const refusal = useRefusal('watch.settings');
  const remove = useMutation({
    mutationFn: (id: string) => client.watch.authorities.remove({ id }),
    onSuccess: renew,
  });
  const exact = (at: string): string => formatExact(new Date(at), locale, timeZone);
  if (items.length === 0) return <p>{texts.none}</p>;
  return items.map(({ id, subject, issuer, validFrom, validUntil, fingerprint }) => (
    <Section
      key={id}
      title={subject}
      aside={
        <ActionButton refusal={refusal} label={texts.removeOf(subject)} onClick={() => remove.mutate(id)}>
          {texts.remove}
        </ActionButton>
      }
    >
      <dl className="v-keep-state">
        <dt>{texts.issuer}</dt>
        <dd>{issuer === subject ? texts.itself : issuer}</dd>
        <dt>{texts.valid}</dt>
        <dd>{texts.fromUntil(exact(validFrom), exact(validUntil))}</dd>
        <dt>{texts.fingerprint}</dt>
        <dd>
          <code className="v-authority-print">{fingerprint}</code>
        </dd>
      </dl>
    </Section>
  ));
}

function Add() {
  const { authorities: texts } = useMeasurementTexts();
  const refusal = useRefusal('watch.settings');
  const [certificates, setCertificates] = useState('');
  const add = useMutation({
    meta: { quiet: true },
    mutationFn: () => client.watch.authorities.add({ certificates }),
    onSuccess: async () => {
      setCertificates('');
      await renew();
    },
  });
  const faults = formErrorsOf(add.error);
  return (
    <Section title={texts.add}>
      <form
        className="v-form"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <Textarea
          label={texts.certificates}
          description={texts.certificatesHelp}
          error={faults['certificates'] ?? faults['']}
          value={certificates}
          onChange={(event) => setCertificates(event.currentTarget.value)}
          autosize
          minRows={6}
          maxRows={20}
          maxLength={200_000}
          spellCheck={false}
          required
        />
        <div className="v-form-end">
          <ActionButton main submit busy={add.isPending} refusal={refusal}>
            {texts.add}
          </ActionButton>
        </div>
      </form>
    </Section>
  );
}
