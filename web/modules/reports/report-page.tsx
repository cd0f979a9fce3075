import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useParams } from 'react-router';
import type { Language } from '#contract/words.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { NotFoundPage } from '#web/shell/route-failure.tsx';
import { ActionButton } from '#web/ui/action-button.tsx';
import { Chip } from '#web/ui/chip.tsx';
import { Failure } from '#web/ui/failure.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { paths } from '#web/paths.ts';
import { download, ReportTools } from './report-tools.tsx';
import { Report } from './report.tsx';
import { reportQuery } from './reports-queries.ts';
import { useReportsTexts } from './reports-texts.ts';
import { useReportLanguage } from './use-report-language.ts';
import './report.css';

const languages: readonly Language[] = ['en', 'fr'];

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
      <ReportTools
        language={language}
        onLanguage={choose}
        actions={
          <>
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
          </>
        }
      >
        <Chip to={paths.ticket(ticketId)}>{texts.incident}</Chip>
      </ReportTools>
      {report.data !== undefined && <Report report={report.data} />}
    </section>
  );
}
