/**
 * Every address of the web client, made here and nowhere else (paths.test.ts keeps the list for review).
 * State that a list holds (`q`, `sort`) is added by the list itself.
 */

type Id = string;

/** `?a=b` of what is given; nothing for nothing. */
function query(values: Readonly<Record<string, string | undefined>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined && value !== '') params.set(name, value);
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** A moment of a chart as an address tells it. */
function moment(seconds: number): string {
  return new Date(Math.round(seconds) * 1000).toISOString();
}

export const paths = {
  now: () => '/',
  signIn: (from?: string) => `/sign-in${query({ from })}`,
  signInLink: (token?: string) => `/sign-in/link${query({ token })}`,
  welcome: (token?: string) => `/welcome${query({ token })}`,
  invitation: (token: string) => `/invitation${query({ token })}`,

  watch: (filter?: string) => `/watch${query({ q: filter })}`,
  watchAdd: (what?: string) => `/watch/add${query({ what })}`,
  /** One check by its form; what is known already is filled in. */
  checkNew: (known: { host?: Id; kind?: string } = {}) => `/watch/new${query({ host: known.host, kind: known.kind })}`,
  /** What stands on what; `q` names things on it. */
  watchMap: (search?: string) => `/watch/map${query({ q: search })}`,
  watchMachine: () => '/watch/machine',
  check: (id: Id) => `/watch/checks/${id}`,
  profiles: (filter?: string) => `/watch/profiles${query({ q: filter })}`,
  profileNew: () => '/watch/profiles/new',
  profile: (id: Id) => `/watch/profiles/${id}`,
  profileItem: (id: Id, itemId: Id) => `/watch/profiles/${id}/items/${itemId}`,
  profileItemNew: (id: Id, kind?: string) => `/watch/profiles/${id}/items/new${query({ kind })}`,
  /** Any measurements side by side. */
  charts: (series: readonly number[] = [], range?: string) =>
    `/watch/charts${query({ series: series.join(' '), range })}`,
  dashboards: () => '/watch/dashboards',
  dashboard: (id: Id) => `/watch/dashboards/${id}`,
  /** A wall screen: of one dashboard, or of all in turn. */
  wall: (id?: Id) => (id === undefined ? '/watch/wall' : `/watch/wall${query({ only: id })}`),
  keepMeasurements: () => '/watch/measurements',
  authorities: () => '/watch/authorities',
  /** Values as a file; the server makes it. */
  measurementsCsv: (asked: {
    series: readonly number[];
    from: number;
    until: number;
    separator: 'comma' | 'semicolon';
    language?: 'en' | 'fr';
  }) => {
    const series = Object.fromEntries(asked.series.map((id, place) => [`series[${place}]`, String(id)]));
    const { separator, language } = asked;
    return `/api/watch/measurements/csv${query({ ...series, from: moment(asked.from), until: moment(asked.until), separator, language })}`;
  },
  checkSettings: (id: Id) => `/watch/checks/${id}/settings`,
  checkRules: (id: Id) => `/watch/checks/${id}/rules`,
  availability: (of?: string, period?: string) => `/watch/availability${query({ of, period })}`,
  silences: (which?: 'ended') => `/watch/silences${which === undefined ? '' : '?ended='}`,
  silenceNew: () => '/watch/silences/new',
  noise: () => '/watch/noise',

  estate: (filter?: string) => `/estate${query({ q: filter })}`,
  services: (filter?: string) => `/estate/services${query({ q: filter })}`,
  sites: (filter?: string) => `/estate/sites${query({ q: filter })}`,
  suppliers: (filter?: string) => `/estate/suppliers${query({ q: filter })}`,
  hostNew: () => '/estate/hosts/new',
  serviceNew: () => '/estate/services/new',
  siteNew: () => '/estate/sites/new',
  supplierNew: () => '/estate/suppliers/new',
  host: (id: Id) => `/estate/hosts/${id}`,
  hostEdit: (id: Id) => `/estate/hosts/${id}/edit`,
  service: (id: Id) => `/estate/services/${id}`,
  serviceEdit: (id: Id) => `/estate/services/${id}/edit`,
  site: (id: Id) => `/estate/sites/${id}`,
  siteEdit: (id: Id) => `/estate/sites/${id}/edit`,
  supplier: (id: Id) => `/estate/suppliers/${id}`,
  /** The page of anything the estate names. */
  thing: (thing: { kind: 'site' | 'host' | 'service'; id: Id }) => `/estate/${thing.kind}s/${thing.id}`,

  desk: (filter?: string) => `/desk${query({ q: filter })}`,
  ticketNew: () => '/desk/new',
  quickEntry: () => '/desk/quick',
  mine: () => '/mine',
  mineNew: () => '/mine/new',
  mineTicket: (id: Id) => `/mine/${id}`,
  answers: () => '/desk/answers',
  answer: (id: Id) => `/desk/answers/${id}`,
  ticketTemplates: () => '/desk/templates',
  ticketTemplate: (id: Id) => `/desk/templates/${id}`,
  categories: () => '/desk/categories',
  category: (id: Id) => `/desk/categories/${id}`,
  quality: () => '/desk/quality',
  satisfactionCsv: (asked: { from: string; until: string; teamId?: Id; categoryId?: Id; language: 'en' | 'fr' }) =>
    `/api/desk/satisfaction/csv${query({ ...asked, separator: asked.language === 'fr' ? 'semicolon' : 'comma' })}`,
  levels: () => '/desk/levels',
  businessCalendar: (id: Id) => `/desk/levels/calendars/${id}`,
  levelPolicy: (id: Id) => `/desk/levels/policies/${id}`,
  ticket: (id: Id) => `/desk/tickets/${id}`,
  mails: () => '/desk/mails',
  /** The flight record of a mail that came in. */
  mail: (id: Id) => `/desk/mails/${id}`,
  mailboxes: () => '/desk/mailboxes',
  mailboxNew: () => '/desk/mailboxes/new',
  mailbox: (id: Id) => `/desk/mailboxes/${id}`,
  mailRules: () => '/desk/mail-rules',
  mailListener: () => '/desk/mail-server',

  logbook: (filter?: string) => `/logbook${query({ q: filter })}`,
  solutions: () => '/logbook/solutions',
  solutionNew: () => '/logbook/solutions/new',
  solution: (id: Id) => `/logbook/solutions/${id}`,
  solutionEdit: (id: Id) => `/logbook/solutions/${id}/edit`,

  upkeep: () => '/upkeep',
  runbookNew: () => '/upkeep/runbooks/new',
  runbook: (id: Id) => `/upkeep/runbooks/${id}`,
  runbookEdit: (id: Id) => `/upkeep/runbooks/${id}/edit`,
  runs: (filter?: string) => `/upkeep/runs${query({ q: filter })}`,
  /** The form that proposes a run; what is known already is filled in. */
  runNew: (known: { runbook?: Id; host?: Id; incident?: Id; again?: Id } = {}) =>
    `/upkeep/runs/new${query({ runbook: known.runbook, host: known.host, incident: known.incident, again: known.again })}`,
  run: (id: Id) => `/upkeep/runs/${id}`,
  access: () => '/upkeep/access',
  hostAccess: (hostId: Id) => `/upkeep/access/hosts/${hostId}`,
  credentials: () => '/upkeep/credentials',
  credentialNew: () => '/upkeep/credentials/new',
  credential: (id: Id) => `/upkeep/credentials/${id}`,
  leases: () => '/upkeep/leases',
  windows: () => '/upkeep/windows',
  windowNew: () => '/upkeep/windows/new',
  silence: (id: string) => `/watch/silences/${id}`,
  window: (id: string) => `/upkeep/windows/${id}`,
  windowEdit: (id: string) => `/upkeep/windows/${id}/edit`,

  notify: () => '/notify',
  notifyMine: () => '/notify/mine',
  channelNew: (own = false) => `/notify/channels/new${query({ own: own ? '1' : undefined })}`,
  channel: (id: Id) => `/notify/channels/${id}`,
  channelSettings: (id: Id) => `/notify/channels/${id}/settings`,
  routes: () => '/notify/routes',
  routeNew: () => '/notify/routes/new',
  route: (id: Id) => `/notify/routes/${id}`,
  policies: () => '/notify/policies',
  policyNew: () => '/notify/policies/new',
  policy: (id: Id) => `/notify/policies/${id}`,
  mailServer: () => '/notify/mail-server',
  /** The whole log as a file; the server makes it. */
  deliveriesCsv: (asked: { personId: string | undefined; language: 'en' | 'fr' }) =>
    `/api/notify/deliveries/csv${query({ ...asked, separator: asked.language === 'fr' ? 'semicolon' : 'comma' })}`,
  deliveries: (filter?: string) => `/notify/deliveries${query({ q: filter })}`,

  advice: (filter?: string) => `/advice${query({ q: filter })}`,
  recommendation: (id: Id) => `/advice/recommendations/${id}`,
  forecasts: () => '/advice/forecasts',
  forecast: (seriesId: number | string) => `/advice/forecasts/${seriesId}`,
  /** All forecasts as a file; the server makes it. */
  forecastsCsv: (language: 'en' | 'fr') =>
    `/api/advice/forecasts/csv${query({ language, separator: language === 'fr' ? 'semicolon' : 'comma' })}`,
  anomalies: (filter?: string) => `/advice/anomalies${query({ q: filter })}`,
  anomalyPolicies: () => '/advice/policies',

  report: (ticketId: Id, language?: 'en' | 'fr') => `/reports/incidents/${ticketId}${query({ language })}`,
  /** The same as a file; the server makes it. */
  reportPdf: (ticketId: Id, language: 'en' | 'fr') => `/api/reports/resolutions/${ticketId}/pdf${query({ language })}`,
  reports: () => '/reports',
  /** How much of a period everything was there. */
  availabilityReport: (period?: string, language?: 'en' | 'fr') =>
    `/reports/availability${query({ period, language })}`,
  /** The same as a file; the server makes it. */
  availabilityFile: (
    form: 'pdf' | 'csv',
    asked: { period: string; of: readonly string[]; language: 'en' | 'fr'; separator?: 'comma' | 'semicolon' },
  ) => {
    const of = Object.fromEntries(asked.of.map((kind, place) => [`of[${place}]`, kind]));
    const { period, language, separator } = asked;
    return `/api/reports/availability/${form}${query({ period, ...of, language, separator })}`;
  },
  people: () => '/people',
  personNew: () => '/people/persons/new',
  person: (id: Id) => `/people/persons/${id}`,
  teams: () => '/people/teams',
  rotas: () => '/people/rotas',
  rotaNew: () => '/people/rotas/new',
  rota: (id: Id) => `/people/rotas/${id}`,
  rotaEdit: (id: Id) => `/people/rotas/${id}/edit`,
  audit: () => '/people/audit',
  me: () => '/people/me',
} as const;
