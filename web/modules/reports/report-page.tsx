import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useParams, useSearchParams } from 'react-router';
import type { Language } from '#contract/words.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { NotFoundPage } from '#web/shell/route-failure.tsx';
import { ActionButton } from '#web/ui/action-button.tsx';
import { Chip } from '#web/ui/chip.tsx';
import { Failure } from '#web/ui/failure.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { paths } from '#web/paths.ts';
import { Report } from './report.tsx';
import { reportQuery } from './reports-queries.ts';
import { useReportsTexts } from './reports-texts.ts';
import './report.css';

const languages: readonly Language[] = ['en', 'fr'];

/** The language of the report: the reader's own, unless the address says another. */
function useReportLanguage(): { language: Language; choose: (language: Language) => void } {
  const own = useLanguage();
  const [params, setParams] = useSearchParams();
  const asked = params.get('language');
  const language = asked === 'en' || asked === 'fr' ? asked : own;
  return {
    language,
    choose: (next) =>
      setParams(
        (before) => {
          before.set('language', next);
          return before;
        },
        { replace: true, preventScrollReset: true },
      ),
  };
}

/** A file comes by a link that the browser follows itself, so that a large one need not pass through memory. */
function download(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}

/** The resolution report as a page that prints as it stands, in either language. */
export function ReportPage() {
  const { ticketId = '' } = useParams();
  const texts = useReportsTexts();
  const { language, choose } = useReportLanguage();
  const report = useQuery({ ...reportQuery(ticketId, language), placeholderData: keepPreviousData });
  const other: Language = language === 'en' ? 'fr' : 'en';
  const pdf = (wanted: Language): void => download(paths.reportPdf(ticketId, wanted));
  useKeys(texts.keysTitle, [
    { keys: 't', label: texts.otherLanguage, run: () => choose(other) },
    { keys: 'f', label: texts.pdfIn.fr, run: () => pdf('fr') },
    { keys: 'e', label: texts.pdfIn.en, run: () => pdf('en') },
    { keys: 'p', label: texts.print, run: () => print() },
  ]);
  if (report.isError) {
    const { code, text, reference } = sentenceOf(report.error);
    if (code === 'not_found') return <NotFoundPage />;
    return <Failure message={text} reference={reference} onRetry={() => void report.refetch()} />;
  }
  return (
    <section className="v-page v-report-page" data-scroll="">
      <header className="v-page-head v-report-tools">
        <nav className="v-tabs" aria-label={texts.language}>
          {languages.map((each) => (
            <button
              key={each}
              type="button"
              lang={each}
              className="v-tab"
              aria-pressed={each === language}
              onClick={() => choose(each)}
            >
              {texts.languages[each]}
            </button>
          ))}
        </nav>
        <Chip to={paths.ticket(ticketId)}>{texts.incident}</Chip>
        <div className="v-page-actions">
          <ActionButton icon={<IconPrinter size={15} />} keys="p" onClick={() => print()}>
            {texts.print}
          </ActionButton>
          {languages.map((each) => (
            <ActionButton
              key={each}
              main={each === language}
              icon={<IconDownload size={15} />}
              keys={each === 'fr' ? 'f' : 'e'}
              onClick={() => pdf(each)}
            >
              {texts.pdfIn[each]}
            </ActionButton>
          ))}
        </div>
      </header>
      {report.data !== undefined && <Report report={report.data} />}
    </section>
  );
}
