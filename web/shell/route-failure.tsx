import { isRouteErrorResponse, useRevalidator, useRouteError } from 'react-router';
import { EmptyState } from '../ui/empty-state.tsx';
import { ActionButton } from '../ui/action-button.tsx';
import { Failure } from '../ui/failure.tsx';
import { paths } from '../paths.ts';
import { isWrongAddress, sentenceOf } from './refusal-sentence.ts';
import { useShellTexts } from './shell-texts.ts';

/** An address that leads nowhere. */
export function NotFoundPage() {
  const { notFound } = useShellTexts();
  return (
    <section className="v-page" data-scroll="">
      <title>{notFound.title}</title>
      <EmptyState
        alone
        title={notFound.title}
        action={
          <ActionButton main to={paths.now()}>
            {notFound.home}
          </ActionButton>
        }
      >
        {notFound.sentence}
      </EmptyState>
    </section>
  );
}

/** What a page shows when it could not be loaded or broke: the rest of the frame stays usable. */
export function RouteFailure() {
  const error = useRouteError();
  const { revalidate } = useRevalidator();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFoundPage />;
  const sentence = sentenceOf(error);
  if (sentence.code === 'not_found' || isWrongAddress(error)) return <NotFoundPage />;
  return (
    <section className="v-page" data-scroll="">
      <Failure message={sentence.text} reference={sentence.reference} onRetry={() => void revalidate()} />
    </section>
  );
}
