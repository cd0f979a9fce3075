import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { PlainText } from '#web/ui/plain-text.tsx';
import { Section } from '#web/ui/section.tsx';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { Time } from '#web/ui/time.tsx';
import { useNow } from '#web/ui/clock.ts';
import { paths } from '#web/paths.ts';
import { useSatisfactionTexts } from './satisfaction-texts.ts';
import { categoriesQuery } from '../settings/settings-queries.ts';
import { useDeskSections } from '../use-desk-sections.ts';
import '#web/ui/page.css';
import './quality.css';

const dayMs = 86_400_000;
const periods = [30, 90, 365] as const;

interface Scored {
  readonly scores: readonly { readonly score: number; readonly count: number }[];
}

const countOf = ({ scores }: Scored, score: number): number => scores.find((each) => each.score === score)?.count ?? 0;
const sumOf = ({ scores }: Scored): number => scores.reduce((sum, { count }) => sum + count, 0);
const share = (part: number, all: number): string => (all === 0 ? '–' : `${Math.round((part / all) * 100)} %`);

/** What requesters said and which promises were kept, in a period, by team and category. */
export function QualityPage() {
  const texts = useSatisfactionTexts();
  const language = useLanguage();
  const sections = useDeskSections();
  const [params] = useSearchParams();
  const now = useNow();
  const [until] = useState(() => new Date(now));
  const days = periods.find((each) => String(each) === params.get('days')) ?? 30;
  const asked = {
    from: new Date(until.getTime() - days * dayMs).toISOString(),
    until: until.toISOString(),
    ...(params.get('team') === null ? {} : { teamId: params.get('team') ?? '' }),
    ...(params.get('category') === null ? {} : { categoryId: params.get('category') ?? '' }),
  };
  const said = useQuery(api.desk.satisfaction.figures.queryOptions({ input: asked })).data;
  const kept = useQuery(api.desk.levels.figures.queryOptions({ input: { from: asked.from, until: asked.until } })).data;
  return (
    <section className="v-page" data-scroll="">
      <title>{texts.title}</title>
      <header className="v-page-head">
        <h1 className="v-title">{texts.title}</h1>
        <div className="v-page-actions">
          <a className="v-link" href={paths.satisfactionCsv({ ...asked, language })} download="">
            {texts.csv}
          </a>
        </div>
      </header>
      <SectionTabs label={texts.title} tabs={sections} />
      <div className="v-quality">
        <p className="v-quiet">{texts.lead}</p>
        <Choices days={days} />
        {said !== undefined && <Said said={said} />}
        {kept !== undefined && <Kept teams={kept.teams} />}
      </div>
    </section>
  );
}

/** Of which period, team and category: all of it in the address. */
function Choices({ days }: { days: number }) {
  const texts = useSatisfactionTexts();
  const language = useLanguage();
  const [params, setParams] = useSearchParams();
  const teams = useQuery(api.people.teams.list.queryOptions({ input: {} })).data?.items ?? [];
  const categories = useQuery(categoriesQuery).data?.items ?? [];
  const choose = (name: string, value: string | null): void =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === null) next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  return (
    <div className="v-quality-choices">
      <Select
        label={texts.period}
        data={periods.map((each) => ({ value: String(each), label: texts.periods[each] }))}
        value={String(days)}
        allowDeselect={false}
        onChange={(value) => choose('days', value)}
      />
      <Select
        label={texts.team}
        placeholder={texts.all}
        clearable
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        value={params.get('team')}
        onChange={(value) => choose('team', value)}
      />
      <Select
        label={texts.category}
        placeholder={texts.all}
        clearable
        data={categories.map(({ id, name }) => ({ value: id, label: name[language] }))}
        value={params.get('category')}
        onChange={(value) => choose('category', value)}
      />
    </div>
  );
}

type Figures = Awaited<ReturnType<typeof import('#web/shell/api.ts').client.desk.satisfaction.figures>>;

function Said({ said }: { said: Figures }) {
  const texts = useSatisfactionTexts();
  return (
    <>
      <dl className="v-quality-sums">
        {(
          [
            [texts.satisfied, share(countOf(said, 3), said.answers)],
            [texts.answers, String(said.answers)],
            [texts.asked, String(said.asked)],
            [texts.resolved, String(said.resolved)],
          ] as const
        ).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {said.answers === 0 ? (
        <p className="v-quiet">{texts.noAnswers}</p>
      ) : (
        <>
          <Groups title={texts.byTeam} head={texts.team} groups={said.teams} />
          <Groups title={texts.byCategory} head={texts.category} groups={said.categories} />
        </>
      )}
      <Section title={texts.comments}>
        {said.comments.length === 0 && <p className="v-quiet">{texts.noComments}</p>}
        <ul className="v-quality-words">
          {said.comments.map(({ ticketId, number, title, score, comment, at }) => (
            <li key={ticketId}>
              <p className="v-quiet">
                <strong>{texts.scores[score - 1]}</strong> ·{' '}
                <Link className="v-link" to={paths.ticket(ticketId)}>{`#${number} ${title}`}</Link> · <Time at={at} />
              </p>
              <PlainText text={comment} />
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

function Groups({ title, head, groups }: { title: string; head: string; groups: Figures['teams'] }) {
  const texts = useSatisfactionTexts();
  return (
    <Section title={title}>
      <div className="v-quality-wide">
        <table>
          <thead>
            <tr>
              <th scope="col">{head}</th>
              <th scope="col">{texts.satisfied}</th>
              <th scope="col">{texts.answers}</th>
              {texts.scores.toReversed().map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group.id}>
                <th scope="row">{group.id === null ? texts.none : group.name}</th>
                <td className="v-number">{share(countOf(group, 3), sumOf(group))}</td>
                <td className="v-number">{sumOf(group)}</td>
                {[3, 2, 1].map((score) => (
                  <td key={score} className="v-number">
                    {countOf(group, score)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

type Kept = Awaited<ReturnType<typeof import('#web/shell/api.ts').client.desk.levels.figures>>['teams'];

function Kept({ teams }: { teams: Kept }) {
  const texts = useSatisfactionTexts();
  return (
    <Section title={texts.promises}>
      {teams.length === 0 ? (
        <p className="v-quiet">{texts.noPromises}</p>
      ) : (
        <div className="v-quality-wide">
          <table>
            <thead>
              <tr>
                {[texts.team, texts.goal, texts.share, texts.kept, texts.missed].map((label) => (
                  <th key={label} scope="col">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {teams.map(({ teamId, team, goal, met, missed }) => (
                <tr key={`${teamId ?? team} ${goal}`}>
                  <th scope="row">{teamId === null ? texts.none : team}</th>
                  <td>{texts.goals[goal]}</td>
                  <td className="v-number">{share(met, met + missed)}</td>
                  <td className="v-number">{met}</td>
                  <td className="v-number">{missed}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}
