import { createBrowserRouter, redirect, type LoaderFunctionArgs } from 'react-router';
import { refusalOf } from '#contract/client.ts';
import { PageSkeleton } from '../ui/delayed.tsx';
import { paths } from '../paths.ts';
import { client } from './api.ts';
import { Frame } from './frame.tsx';
import { adoptLanguage } from './language.tsx';
import type { ModuleFace } from './module-face.ts';
import { queryClient, ready, whenSignedOut } from './query-client.ts';
import { NotFoundPage, RouteFailure } from './route-failure.tsx';
import { meQuery } from './session.ts';
import { useShellTexts } from './shell-texts.ts';

/** Nobody sees a page of the house without being signed in; the very first visit is sent to its own door. */
async function frameLoader({ request }: LoaderFunctionArgs): Promise<Response | null> {
  try {
    const me = await ready(meQuery);
    adoptLanguage(me.person.language);
    return null;
  } catch (error) {
    if (refusalOf(error)?.code !== 'signed_out') throw error;
    const { needed } = await client.people.welcome.get({});
    const { pathname, search } = new URL(request.url);
    return redirect(needed ? paths.welcome() : paths.signIn(pathname === '/' ? undefined : pathname + search));
  }
}

function Waiting() {
  return <PageSkeleton label={useShellTexts().loading} />;
}

/** The whole site map: the doors, and the frame with the modules' pages inside. */
export function createRouter(modules: readonly ModuleFace[]) {
  const router = createBrowserRouter([
    {
      path: '/sign-in',
      HydrateFallback: Waiting,
      lazy: async () => ({ Component: (await import('./sign-in-page.tsx')).SignInPage }),
    },
    {
      path: '/sign-in/link',
      HydrateFallback: Waiting,
      lazy: async () => ({ Component: (await import('./sign-in-link-page.tsx')).SignInLinkPage }),
    },
    {
      path: '/rate/:token',
      HydrateFallback: Waiting,
      lazy: async () => ({ Component: (await import('./rate-page.tsx')).RatePage }),
    },
    {
      path: '/welcome',
      HydrateFallback: Waiting,
      lazy: async () => ({ Component: (await import('./welcome-page.tsx')).WelcomePage }),
    },
    {
      path: '/invitation',
      HydrateFallback: Waiting,
      lazy: async () => ({ Component: (await import('./invitation-page.tsx')).InvitationPage }),
    },
    {
      id: 'frame',
      loader: frameLoader,
      // Who I am does not change from page to page.
      shouldRevalidate: () => false,
      element: <Frame modules={modules} />,
      HydrateFallback: Waiting,
      ErrorBoundary: RouteFailure,
      children: [
        {
          ErrorBoundary: RouteFailure,
          children: [...modules.flatMap((module) => module.routes), { path: '*', Component: NotFoundPage }],
        },
      ],
    },
  ]);
  whenSignedOut(() => {
    const { pathname, search } = router.state.location;
    // Before anybody was signed in, the loader and the doors decide by themselves.
    if (queryClient.getQueryData(meQuery.queryKey) === undefined) return;
    queryClient.removeQueries({ queryKey: meQuery.queryKey });
    void router.navigate(paths.signIn(pathname + search), { replace: true });
  });
  return router;
}
