import { Link } from 'react-router';
import type { MailVerdict } from '#contract/desk-mail-words.ts';
import type { client } from '#web/shell/api.ts';
import { Time } from '#web/ui/time.tsx';
import { paths } from '#web/paths.ts';
import { useDeskTexts } from '../desk-texts.ts';
import { useMailTexts } from './mail-texts.ts';

type Replay = Awaited<ReturnType<typeof client.desk.mailRules.replay>>;

/** What changed rules would have made of the mails that came. */
export function ReplayView({ replay }: { replay: Replay }) {
  const { rules: texts, list } = useMailTexts();
  return (
    <section className="v-mail-replay" aria-live="polite">
      <p>
        <strong>{texts.played(replay)}</strong> {replay.more && <span className="v-quiet">{texts.more}</span>}
      </p>
      {replay.items.length > 0 && (
        <div className="v-mail-wide">
          <table>
            <thead>
              <tr>
                <th scope="col">{list.columns.subject}</th>
                <th scope="col">{list.columns.at}</th>
                <th scope="col">{texts.before}</th>
                <th scope="col">{texts.after}</th>
              </tr>
            </thead>
            <tbody>
              {replay.items.map((item) => (
                <tr key={item.mailId}>
                  <td>
                    <Link className="v-link" to={paths.mail(item.mailId)}>
                      {item.subject || list.noSubject}
                    </Link>
                    <span className="v-quiet"> {item.from}</span>
                  </td>
                  <td>
                    <Time at={item.at} />
                  </td>
                  <td>
                    <Verdict verdict={item.before} />
                  </td>
                  <td>
                    <Verdict verdict={item.after} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Verdict({ verdict }: { verdict: MailVerdict }) {
  const { rules: texts, mailbox } = useMailTexts();
  const { priorities } = useDeskTexts();
  if (verdict.becomes === 'keep') return texts.results.keep;
  const kind = verdict.kind === 'incident' ? mailbox.ticketKinds.incident : mailbox.ticketKinds.request;
  const parts = [
    texts.results.ticket,
    kind,
    verdict.team,
    verdict.category,
    verdict.priority === null ? null : priorities[verdict.priority],
    ...verdict.tags.map((tag) => `#${tag}`),
    verdict.confirms ? texts.confirmed : texts.silentWord,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}
