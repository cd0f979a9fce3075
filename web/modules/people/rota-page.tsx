import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { api, client } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { useNow } from '#web/ui/clock.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { Section } from '#web/ui/section.tsx';
import { paths } from '#web/paths.ts';
import { RotaCovers } from './rota-covers.tsx';
import { rotaQuery } from './people-queries.ts';
import { usePeopleTexts } from './people-texts.ts';
import { RotaCalendar } from './rota-calendar.tsx';
import { laterDate, mondayOf, todayIn } from './rota-days.ts';
import { CalendarLink, OnCallNow } from './rota-list-page.tsx';
import { ZonedTime } from './zoned-time.tsx';
import '#web/ui/page.css';
import './on-call.css';

const shownDays = 28;

/** One rota: who is on call, its calendar, and who covers for whom. */
export function RotaPage() {
  const { id = '' } = useParams();
  const { onCall: texts } = usePeopleTexts();
  const rota = useSuspenseQuery(rotaQuery(id)).data;
  const language = useLanguage();
  const today = todayIn(rota.timeZone, useNow());
  const [from, setFrom] = useState(() => mondayOf(today));
  const shown = useQuery(api.people.rotas.shifts.queryOptions({ input: { id, from, days: shownDays, language } })).data;
  return (
    <section className="v-page" data-scroll="">
      <title>{rota.name}</title>
      <header className="v-page-head">
        <h1 className="v-title">{rota.name}</h1>
        <div className="v-page-actions">
          <RotaActions id={id} name={rota.name} />
        </div>
      </header>
      <div className="v-on-call">
        <div className="v-rotas">
          <div>
            <OnCallNow rota={rota} />
          </div>
        </div>
        {rota.gaps.length > 0 && (
          <Section title={texts.gapsTitle}>
            <ul className="v-covers">
              {rota.gaps.slice(0, 10).map((gap) => (
                <li key={gap.from}>
                  <ZonedTime at={gap.from} zone={rota.timeZone} /> – <ZonedTime at={gap.until} zone={rota.timeZone} />
                </li>
              ))}
            </ul>
          </Section>
        )}
        <Section title={texts.calendar}>
          <div className="v-rota-way">
            <ActionButton onClick={() => setFrom(laterDate(from, -shownDays))}>{texts.earlier}</ActionButton>
            <ActionButton onClick={() => setFrom(mondayOf(today))}>{texts.today}</ActionButton>
            <ActionButton onClick={() => setFrom(laterDate(from, shownDays))}>{texts.later}</ActionButton>
            <span className="v-quiet">{texts.zone(rota.timeZone)}</span>
          </div>
          {shown !== undefined && (
            <RotaCalendar {...shown} zone={rota.timeZone} from={from} days={shownDays} today={today} />
          )}
        </Section>
        <RotaCovers rotaId={id} zone={rota.timeZone} />
        <CalendarLink rotaId={id} />
      </div>
    </section>
  );
}

function RotaActions({ id, name }: { id: string; name: string }) {
  const { onCall: texts } = usePeopleTexts();
  const navigate = useNavigate();
  const refusal = useRefusal('people.write');
  const [removing, setRemoving] = useState(false);
  const remove = async (): Promise<void> => {
    await spoken(client.people.rotas.remove({ id }));
    await navigate(paths.rotas());
    await queryClient.invalidateQueries({ queryKey: api.people.rotas.key() });
  };
  return (
    <>
      <ActionButton icon={<IconPencil size={15} />} refusal={refusal} to={paths.rotaEdit(id)}>
        {texts.change}
      </ActionButton>
      <ActionButton icon={<IconTrash size={15} />} refusal={refusal} onClick={() => setRemoving(true)}>
        {texts.remove}
      </ActionButton>
      <ConfirmDialog
        opened={removing}
        title={texts.removeTitle(name)}
        verb={texts.remove}
        onConfirm={remove}
        onClose={() => setRemoving(false)}
      >
        {texts.removeText}
      </ConfirmDialog>
    </>
  );
}
