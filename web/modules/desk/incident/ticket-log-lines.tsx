import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '#web/shell/api.ts';
import { Section } from '#web/ui/section.tsx';
import { paths } from '#web/paths.ts';
import { useDeskTexts } from '../desk-texts.ts';
import '../desk.css';

/** Kinds of log line that were new or suddenly frequent when the incident began; nothing where no log is read. */
export function TicketLogLines({ ticketId }: { ticketId: string }) {
  const { logLines: texts } = useDeskTexts();
  const told = useQuery(api.advice.logs.ofTicket.queryOptions({ input: { ticketId } })).data;
  if (told === undefined || told.logs === 0) return null;
  return (
    <Section title={texts.title}>
      {told.items.length === 0 ? (
        <p className="v-quiet v-desk-none">{texts.none(told.logs)}</p>
      ) : (
        <ul className="v-desk-rows">
          {told.items.map((each) => (
            <li key={`${each.checkId} ${each.templateId}`} className="v-desk-row">
              <div className="v-desk-row-main">
                <code className="v-desk-line">{each.sample}</code>
                <div className="v-desk-row-note">{each.sentence}</div>
                <div className="v-quiet v-desk-small">
                  <Link className="v-link" to={paths.check(each.checkId)}>
                    {each.checkName}
                  </Link>
                  {each.target !== null && ` · ${each.target.name}`}
                </div>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
