import { Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { deskSatisfaction as en } from '#texts/en/desk-satisfaction.ts';
import { deskSatisfaction as fr } from '#texts/fr/desk-satisfaction.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { api, client } from './api.ts';
import { Door } from './door.tsx';
import { adoptLanguage, useTexts } from './language.tsx';
import { queryClient } from './query-client.ts';
import { sentenceOf } from './refusal-sentence.ts';

const scoreOf = (word: string | null): number | null => (word !== null && /^[1-3]$/u.test(word) ? Number(word) : null);

/**
 * What the link of a mail asks. The click in the mail is the answer: it is said by this page's program, so that one who
 * only fetches the address, as programs do that look into mails, says nothing.
 */
export function RatePage() {
  const { token = '' } = useParams();
  const [params] = useSearchParams();
  const { page: texts } = useTexts({ en, fr });
  const query = api.desk.satisfaction.get.queryOptions({ input: { token }, retry: false });
  const rating = useQuery(query);
  const [comment, setComment] = useState<string>();
  const say = useMutation({
    meta: { quiet: true },
    mutationFn: (said: { score: number; comment: string }) => client.desk.satisfaction.say({ token, ...said }),
    onSuccess: (now) => queryClient.setQueryData(query.queryKey, now),
  });
  const language = params.get('lang');
  const clicked = scoreOf(params.get('score'));
  const isSaid = useRef(false);
  const now = rating.data;
  useEffect(() => {
    if (language === 'en' || language === 'fr') adoptLanguage(language);
  }, [language]);
  useEffect(() => {
    if (isSaid.current || now === undefined || clicked === null || !now.mayChange) return;
    isSaid.current = true;
    if (now.score !== clicked) say.mutate({ score: clicked, comment: now.comment });
  }, [now, clicked, say]);
  if (rating.error !== null) return <Door title={texts.title}>{texts.unknown}</Door>;
  if (now === undefined) return null;
  return (
    <Door title={texts.title} lead={texts.about(now.number, now.title)}>
      {now.score !== null && <output>{now.mayChange ? texts.thanks : texts.said}</output>}
      {now.score === null && !now.mayChange && <p>{texts.later}</p>}
      <Scores
        score={now.score}
        mayChange={now.mayChange}
        busy={say.isPending ? say.variables.score : null}
        onChoose={(score) => say.mutate({ score, comment: comment ?? now.comment })}
      />
      {say.error !== null && <p role="alert">{sentenceOf(say.error).text}</p>}
      {now.mayChange && now.score !== null && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            say.mutate({ score: now.score ?? 3, comment: comment ?? now.comment });
          }}
        >
          <Textarea
            label={texts.comment}
            autosize
            minRows={2}
            maxLength={2_000}
            value={comment ?? now.comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          <div className="v-form-end">
            <ActionButton submit busy={say.isPending}>
              {texts.send}
            </ActionButton>
          </div>
        </form>
      )}
    </Door>
  );
}

function Scores({
  score,
  mayChange,
  busy,
  onChoose,
}: {
  score: number | null;
  mayChange: boolean;
  busy: number | null;
  onChoose: (score: number) => void;
}) {
  const { page: texts, scores } = useTexts({ en, fr });
  return (
    <fieldset className="v-rate">
      <legend>{texts.ask}</legend>
      {scores
        .map((label, place) => (
          <ActionButton
            key={label}
            main={score === place + 1}
            {...(mayChange ? {} : { refusal: texts.later })}
            busy={busy === place + 1}
            onClick={() => onChoose(place + 1)}
          >
            {label}
          </ActionButton>
        ))
        .toReversed()}
    </fieldset>
  );
}
