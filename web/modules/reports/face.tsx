import { useQuery } from '@tanstack/react-query';
import { IconReport } from '@tabler/icons-react';
import type { Params } from 'react-router';
import { api } from '#web/shell/api.ts';
import type { ModuleFace } from '#web/shell/module-face.ts';
import { ready } from '#web/shell/query-client.ts';
import { useShellTexts } from '#web/shell/shell-texts.ts';
import { paths } from '#web/paths.ts';
import { reportsQuery } from './reports-queries.ts';
import { useReportsTexts } from './reports-texts.ts';

function ReportsCrumb() {
  return useShellTexts().modules.reports;
}

function AvailabilityCrumb() {
  return useReportsTexts().tabs.availability;
}

function ReportCrumb({ params }: { params: Params }) {
  const texts = useReportsTexts();
  const found = useQuery(reportsQuery).data?.find((report) => report.ticketId === params['ticketId']);
  return found === undefined ? texts.report : texts.reportOf(found.number);
}

/** Reports: what was resolved, how, and with which proof; and how much of a period everything was there. */
export const reportsFace: ModuleFace = {
  name: 'reports',
  letter: 'r',
  icon: IconReport,
  to: paths.reports(),
  permission: 'reports.read',
  onLive: (events, client) => {
    if (events.some((event) => event.topic === 'desk.ticket')) {
      void client.invalidateQueries({ queryKey: api.reports.resolution.list.key() });
    }
  },
  routes: [
    {
      path: 'reports',
      handle: { Crumb: ReportsCrumb, to: () => paths.reports() },
      children: [
        {
          index: true,
          loader: () => ready(reportsQuery),
          lazy: async () => ({ Component: (await import('./report-list-page.tsx')).ReportListPage }),
        },
        {
          path: 'availability',
          handle: { Crumb: AvailabilityCrumb, to: () => paths.availabilityReport() },
          lazy: async () => ({ Component: (await import('./availability-report-page.tsx')).AvailabilityReportPage }),
        },
        {
          path: 'incidents/:ticketId',
          handle: { Crumb: ReportCrumb },
          lazy: async () => ({ Component: (await import('./report-page.tsx')).ReportPage }),
        },
      ],
    },
  ],
};
