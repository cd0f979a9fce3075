import { NativeSelect } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { reportPeriod, type ReportPeriod } from '#contract/availability-report.ts';
import { thingKind, type Language, type ThingRef } from '#contract/words.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { useAddress } from '#web/shell/use-address.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { Failure } from '#web/ui/failure.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { paths } from '#web/paths.ts';
import { PeriodReport } from './period-report.tsx';
import { download, ReportTools } from './report-tools.tsx';
import { availabilityReportQuery } from './reports-queries.ts';
import { useReportsTexts } from './reports-texts.ts';
import { useReportLanguage } from './use-report-language.ts';
import { useSections } from './use-sections.ts';
import './report.css';

type Kind = ThingRef['kind'];
const usualKinds: readonly Kind[] = ['service', 'host'];

interface Asked {
  readonly period: ReportPeriod;
  readonly of: readonly Kind[];
  readonly choosePeriod: (period: string) => void;
  readonly chooseKind: (kind: Kind, isIn: boolean) => void;
}

/** What the address asks for. */
function useAsked(): Asked {
  const [params, say] = useAddress();
  const period = reportPeriod.safeParse(params.get('period')).data ?? 'last_month';
  const named = (params.get('of') ?? '').split(' ').flatMap((word) => thingKind.safeParse(word).data ?? []);
  const of = named.length === 0 ? usualKinds : named;
  return {
    period,
    of,
    choosePeriod: (value) => say('period', value),
    chooseKind: (kind, isIn) => {
      const next = isIn ? [...of, kind] : of.filter((each) => each !== kind);
      if (next.length > 0) say('of', next.join(' '));
    },
  };
}

/** How much of a period everything was there: on the screen, printed, as PDF and as CSV. */
export function AvailabilityReportPage() {
  const texts = useReportsTexts();
  const { language, choose } = useReportLanguage();
  const asked = useAsked();
  const { period, of } = asked;
  const sections = useSections();
  const report = useQuery({ ...availabilityReportQuery(period, of, language), placeholderData: keepPreviousData });
  const file = (form: 'pdf' | 'csv'): void =>
    download(
      paths.availabilityFile(form, {
        period,
        of,
        language,
        ...(form === 'csv' ? { separator: language === 'fr' ? 'semicolon' : 'comma' } : {}),
      }),
    );
  useKeys(texts.keysTitle, [
    { keys: 't', label: texts.otherLanguage, run: () => choose(language === 'en' ? 'fr' : 'en') },
    { keys: 'f', label: texts.pdf, run: () => file('pdf') },
    { keys: 'c', label: texts.availability.csv, run: () => file('csv') },
    { keys: 'p', label: texts.print, run: () => print() },
  ]);
  if (report.isError) {
    const { text, reference } = sentenceOf(report.error);
    return <Failure message={text} reference={reference} onRetry={() => void report.refetch()} />;
  }
  return (
    <section className="v-page v-report-page" data-scroll="">
      <header className="v-page-head v-report-tools">
        <SectionTabs label={texts.availability.title} tabs={sections.map((each) => ({ ...each, end: true }))} />
      </header>
      <Tools language={language} onLanguage={choose} asked={asked} file={file} />
      {report.data !== undefined && <PeriodReport report={report.data} />}
    </section>
  );
}

function Tools({
  language,
  onLanguage,
  asked: { period, of, choosePeriod, chooseKind },
  file,
}: {
  language: Language;
  onLanguage: (language: Language) => void;
  asked: Asked;
  file: (form: 'pdf' | 'csv') => void;
}) {
  const texts = useReportsTexts();
  return (
    <ReportTools
      language={language}
      onLanguage={onLanguage}
      actions={
        <>
          <ActionButton icon={<IconPrinter size={15} />} keys="p" onClick={() => print()}>
            {texts.print}
          </ActionButton>
          <ActionButton icon={<IconDownload size={15} />} keys="c" onClick={() => file('csv')}>
            {texts.availability.csv}
          </ActionButton>
          <ActionButton main icon={<IconDownload size={15} />} keys="f" onClick={() => file('pdf')}>
            {texts.pdf}
          </ActionButton>
        </>
      }
    >
      <NativeSelect
        aria-label={texts.availability.period}
        value={period}
        data={reportPeriod.options.map((value) => ({ value, label: texts.availability.periods[value] }))}
        onChange={(event) => choosePeriod(event.currentTarget.value)}
      />
      <fieldset className="v-report-kinds" aria-label={texts.availability.things}>
        {(['service', 'host', 'site'] as const).map((kind) => (
          <button
            key={kind}
            type="button"
            className="v-tab"
            aria-pressed={of.includes(kind)}
            onClick={() => chooseKind(kind, !of.includes(kind))}
          >
            {texts.availability.kinds[kind]}
          </button>
        ))}
      </fieldset>
    </ReportTools>
  );
}
