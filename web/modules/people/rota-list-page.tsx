import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Rota, Shift } from '#contract/on-call.ts';
import { api } from '#web/shell/api.ts';
import { useRefusal } from '#web/shell/session.ts';
import { useNewAction } from '#web/shell/use-new-action.tsx';
import { ActionButton } from '#web/ui/action-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { paths } from '#web/paths.ts';
import { CopyLine } from './copy-line.tsx';
import { rotasQuery } from './people-queries.ts';
import { usePeopleTexts } from './people-texts.ts';
import { useSections } from './use-sections.ts';
import { ZonedTime } from './zoned-time.tsx';
import '#web/ui/page.css';
import './on-call.css';

/** Every rota with who is on call now and next, and its gaps. */
export function RotaListPage() {
  const { onCall: texts, sections: words } = usePeopleTexts();
  const rotas = useSuspenseQuery(rotasQuery).data.items;
  const sections = useSections();
  const add = useNewAction({ list: texts.title, label: texts.new, to: paths.rotaNew(), permission: 'people.write' });
  return (
    <section className="v-page" data-scroll="">
      <title>{texts.title}</title>
      <header className="v-page-head">
        <h1 className="v-title">{texts.title}</h1>
        <div className="v-page-actions">{add}</div>
      </header>
      <SectionTabs label={words.label} tabs={sections} />
      <div className="v-on-call">
        {rotas.length === 0 ? (
          <EmptyState title={texts.empty.title} action={add}>
            {texts.empty.text}
          </EmptyState>
        ) : (
          <ul className="v-rotas">
            {rotas.map((rota) => (
              <li key={rota.id}>
                <h2>
                  <Link className="v-link" to={paths.rota(rota.id)}>
                    {rota.name}
                  </Link>
                </h2>
                <OnCallNow rota={rota} />
              </li>
            ))}
          </ul>
        )}
        {rotas.length > 0 && <CalendarLink rotaId={null} />}
      </div>
    </section>
  );
}

/** Who is on call now and next, and whether somebody always is. */
export function OnCallNow({ rota }: { rota: Rota }) {
  const { onCall: texts } = usePeopleTexts();
  return (
    <>
      <dl>
        <dt>{texts.now}</dt>
        <dd>
          <ShiftLine
            shift={rota.now}
            none={texts.nobody}
            word={texts.until}
            at={rota.now?.until}
            zone={rota.timeZone}
          />
        </dd>
        <dt>{texts.next}</dt>
        <dd>
          <ShiftLine
            shift={rota.next}
            none={texts.noNext}
            word={texts.since}
            at={rota.next?.from}
            zone={rota.timeZone}
          />
        </dd>
      </dl>
      <p className={rota.gaps.length === 0 ? 'v-quiet' : 'v-problem-text'}>
        {rota.gaps.length === 0 ? texts.noGaps : texts.gaps(rota.gaps.length)}
      </p>
    </>
  );
}

interface ShiftLineProps {
  shift: Shift | null;
  none: string;
  word: string;
  at: string | undefined;
  zone: string;
}

function ShiftLine({ shift, none, word, at, zone }: ShiftLineProps) {
  const person = shift?.person ?? null;
  if (person === null) return <span className="v-problem-text">{none}</span>;
  return (
    <>
      <strong>{person.name}</strong>
      {at !== undefined && (
        <span className="v-quiet">
          {' '}
          {word} <ZonedTime at={at} zone={zone} />
        </span>
      )}
    </>
  );
}

/** Makes the secret address with which a calendar program reads shifts. */
export function CalendarLink({ rotaId }: { rotaId: string | null }) {
  const { onCall: texts, invite } = usePeopleTexts();
  const refusal = useRefusal('people.cover');
  const make = useMutation(api.people.calendar.link.mutationOptions());
  return (
    <Section title={texts.link.title}>
      <p className="v-form-lead">{texts.link.text}</p>
      {make.data === undefined ? (
        <ActionButton refusal={refusal} busy={make.isPending} onClick={() => make.mutate({ rotaId })}>
          {rotaId === null ? texts.link.mine : texts.link.rota}
        </ActionButton>
      ) : (
        <>
          <p>{texts.link.once}</p>
          <CopyLine value={make.data.url} label={texts.link.title} copy={invite.copy} copied={invite.copied} />
        </>
      )}
    </Section>
  );
}
