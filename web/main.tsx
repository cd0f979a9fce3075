import '@fontsource-variable/inter/wght.css';
import './ui/mantine.css';
import './ui/theme.css';
import './ui/page.css';
import './ui/form/form.css';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { modules } from './modules.ts';
import { Appearance } from './shell/appearance.tsx';
import { LanguageProvider } from './shell/language.tsx';
import { queryClient } from './shell/query-client.ts';
import { createRouter } from './shell/router.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <Appearance>
        <QueryClientProvider client={queryClient}>
          <Notifications position="bottom-right" limit={4} />
          <RouterProvider router={createRouter(modules)} />
        </QueryClientProvider>
      </Appearance>
    </LanguageProvider>
  </StrictMode>,
);
