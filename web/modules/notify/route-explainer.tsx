import { NativeSelect } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { priority } from '#contract/desk.ts';
import { thingKind } from '#contract/words.ts';
import { momentText } from '#texts/moment.ts';
import { paths } from '#web/paths.ts';
import { api, type client } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { Section } from '#web/ui/section.tsx';
import { useUi } from '#web/ui/words.ts';
import { thingsQuery } from './notify-queries.ts';
import { useNotifyTexts } from './notify-texts.ts';
import { useThingKinds } from './use-thing-kinds.ts';

type Explained = Awaited<ReturnType<typeof client.notify.routes.explain>>;

/** More of them would hide the rest; the silence's page names them all. */
const mostChecks = 5;

/** Silences that hold back something of what is asked about, each with its reason and its end. */
function ExplainedSilences({ silences }: { silences: Explained['silences'] }) {
  const { explain } = useNotifyTexts().routes;
  const language = useLanguage();
  const { locale, timeZone } = useUi();
  if (silences.length === 0) return null;
  const names = new Intl.ListFormat(locale, { type: 'conjunction' });
  return (
    <>
      <h3 className="v-explained-title">{explain.silences}</h3>
      <ul className="v-explained">
        {silences.map(({ id, reason, by, ends, until, unlessWorse, checks }) => {
          const some = checks.slice(0, mostChecks).map((name) => explain.check(name));
          const more = checks.length - some.length;
          const told = names.format(more > 0 ? [...some, explain.more(more)] : some);
          return (
            <li key={id}>
              <span>
                <Link to={paths.silence(id)}>{reason}</Link>
                <span className="v-explained-way">
                  {explain.silence[ends]({ by, checks: told, until: momentText(new Date(until), language, timeZone) })}
                </span>
                {unlessWorse && <span className="v-explained-way">{explain.unlessWorse}</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** Who would be told if something failed now, when, by which way, and who would not and why. */
export function RouteExplainer() {
  const { routes: texts, priorities } = useNotifyTexts();
  const { explain } = texts;
  const kindName = useThingKinds();
  const things = useSuspenseQuery(thingsQuery).data;
  const [chosen, setChosen] = useState('');
  const [urgency, setUrgency] = useState<'low' | 'normal' | 'high' | 'critical'>('high');
  const [kind, id] = chosen.split(' ');
  const thing = kind === undefined || id === undefined ? null : { kind: thingKind.parse(kind), id };
  const told = useQuery(api.notify.routes.explain.queryOptions({ input: { thing, priority: urgency } })).data;
  const groups = Map.groupBy(things, (each) => each.kind);
  return (
    <Section title={explain.title}>
      <p className="v-form-lead">{explain.lead}</p>
      <div className="v-explain-asked">
        <NativeSelect
          label={explain.thing}
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={[
            { value: '', label: explain.anything },
            ...[...groups].map(([group, items]) => ({
              group: kindName(group),
              items: items.map((each) => ({ value: `${each.kind} ${each.id}`, label: each.name })),
            })),
          ]}
        />
        <NativeSelect
          label={explain.priority}
          value={urgency}
          onChange={(event) => setUrgency(priority.parse(event.currentTarget.value))}
          data={priority.options.map((value) => ({ value, label: priorities[value] }))}
        />
      </div>
      {told !== undefined && (
        <div aria-live="polite">
          {told.items.length === 0 && <p className="v-problem-text">{explain.nobody}</p>}
          <ul className="v-explained">
            {told.items.map(({ channel, person, afterMinutes, because, held }) => (
              <li key={channel.id} data-off={held !== null || undefined}>
                <span className="v-explained-when">
                  {afterMinutes === 0 ? explain.atOnce : explain.after(afterMinutes)}
                </span>
                <span>
                  <strong>{channel.name}</strong>
                  {person !== null && person !== channel.name && ` (${person})`}
                  {because.map((way) => (
                    <span key={way} className="v-explained-way">
                      {way}
                    </span>
                  ))}
                  {held !== null && <span className="v-explained-held">{held}</span>}
                </span>
              </li>
            ))}
          </ul>
          <ExplainedSilences silences={told.silences} />
          {told.missing.map((sentence) => (
            <p key={sentence} className="v-problem-text">
              {sentence}
            </p>
          ))}
        </div>
      )}
    </Section>
  );
}
