import type { ReportMaterial } from './needs.ts';

const id = (number: number): string => `018f0000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const web = { kind: 'host', id: id(1), name: 'web-01' } as const;
const vigie = { kind: 'vigie', id: null, name: 'Vigie' } as const;
const bob = { kind: 'person', id: id(21), name: 'Bob Tremblay' } as const;
const olga = { kind: 'person', id: id(22), name: 'Olga Lefèvre-Château' } as const;

type Event = ReportMaterial['ticket']['events'][number];
function event(number: number, at: string, over: Partial<Event> & Pick<Event, 'kind' | 'text'>): Event {
  return { id: id(100 + number), at, who: vigie, runId: null, ...over };
}

const ticket: ReportMaterial['ticket'] = {
  id: id(2),
  number: 42,
  kind: 'incident',
  title: 'web-01 est en panne',
  state: 'resolved',
  priority: 'high',
  cause: web,
  causeKey: `host ${web.id}`,
  failingSince: '2026-11-22T13:05:12Z',
  openedAt: '2026-11-22T13:05:19Z',
  acknowledgedAt: '2026-11-22T13:06:01Z',
  acknowledgedBy: bob,
  assignee: bob,
  goodSince: '2026-11-22T13:09:24Z',
  resolvedAt: '2026-11-22T13:12:40Z',
  resolvedBy: bob,
  outageSeconds: 252,
  causeText:
    'Une mise à jour a laissé une faute dans /etc/nginx/sites-enabled/intranet.conf ; nginx n’a pas redémarré.',
  remedyText:
    'Rétablir la configuration précédente, la vérifier avec « nginx -t », puis redémarrer nginx → service rétabli.',
  alertCount: 2,
  openAlertCount: 0,
  alerts: [
    {
      alertId: id(31),
      checkId: id(41),
      checkName: 'Page d’accueil',
      target: web,
      failingSince: '2026-11-22T13:05:12Z',
      clearedAt: '2026-11-22T13:09:24Z',
      summary: 'Connexion refusée sur le port 443',
    },
    {
      alertId: id(32),
      checkId: id(42),
      checkName: 'nginx.service',
      target: web,
      failingSince: '2026-11-22T13:05:14Z',
      clearedAt: '2026-11-22T13:09:26Z',
      summary: 'L’unité nginx.service est en échec depuis 3 s',
    },
  ],
  events: [
    event(1, '2026-11-22T13:05:19Z', { kind: 'opened', text: 'Incident ouvert : connexion refusée sur le port 443.' }),
    event(2, '2026-11-22T13:06:01Z', { kind: 'acknowledged', who: bob, text: 'Incident pris en charge.' }),
    event(3, '2026-11-22T13:07:30Z', {
      kind: 'comment',
      who: olga,
      text: 'J’ai vu la même chose à Montréal l’an dernier : regarder d’abord « nginx -t ».',
    }),
    event(4, '2026-11-22T13:09:12Z', {
      kind: 'run_ended',
      text: '« Redémarrer nginx » a réussi sur web-01.',
      runId: id(51),
    }),
    event(5, '2026-11-22T13:09:26Z', { kind: 'proof', text: 'Preuve : 2 contrôles sur 2 sont de nouveau en service.' }),
    event(6, '2026-11-22T13:12:40Z', { kind: 'resolved', who: bob, text: 'Incident résolu.' }),
  ],
};

const run: ReportMaterial['runs'][number] = {
  id: id(51),
  runbook: { id: id(52), name: 'Redémarrer nginx', version: 3 },
  host: web,
  incidentId: ticket.id,
  inputs: {},
  state: 'succeeded',
  note: '',
  proposedBy: bob,
  proposedAt: '2026-11-22T13:08:00Z',
  approvedBy: olga,
  approvedAt: '2026-11-22T13:08:40Z',
  refusedBy: null,
  refusedReason: null,
  emergency: null,
  startedAt: '2026-11-22T13:08:58Z',
  endedAt: '2026-11-22T13:09:12Z',
  planHash: 'x',
  steps: [
    {
      id: id(61),
      position: 0,
      definition: {
        kind: 'command',
        title: 'Vérifier la configuration',
        onFailure: 'stop',
        command: 'nginx -t',
        timeoutSeconds: 30,
        sudo: true,
      },
      state: 'succeeded',
      startedAt: '2026-11-22T13:08:58Z',
      endedAt: '2026-11-22T13:09:00Z',
      exitCode: 0,
      note: '',
      reattached: 0,
      outputBytes: 120,
      signedBy: null,
    },
    {
      id: id(62),
      position: 1,
      definition: { kind: 'check', title: 'Contrôler le service', onFailure: 'stop', timeoutSeconds: 60 },
      state: 'succeeded',
      startedAt: '2026-11-22T13:09:00Z',
      endedAt: '2026-11-22T13:09:12Z',
      exitCode: null,
      note: '',
      reattached: 0,
      outputBytes: 0,
      signedBy: null,
    },
  ],
};

const begin = Date.parse('2026-11-22T12:55:00Z') / 1_000;
const times = Array.from({ length: 150 }, (_, at) => begin + at * 10);

/** A believable incident for tests: an nginx that did not come back, repaired by a runbook. */
export const materialSample: ReportMaterial = {
  ticket,
  runs: [run],
  impact: {
    things: [
      { kind: 'service', id: id(71), name: 'Intranet', distance: 1 },
      { kind: 'service', id: id(72), name: 'Réservation des salles', distance: 2 },
    ],
    people: [
      { id: id(81), name: 'Zoé Châtelain', mail: 'zoe@vigie.test', through: 'Intranet' },
      { id: id(82), name: 'Łukasz Żółć', mail: 'lukasz@vigie.test', through: 'Intranet' },
      { id: id(83), name: 'Noël Çelik', mail: 'noel@vigie.test', through: 'Réservation des salles' },
    ],
    peopleCount: 3,
  },
  availability: {
    from: '2026-10-23T13:09:24Z',
    until: '2026-11-22T13:09:24Z',
    cut: false,
    items: [
      {
        id: web.id,
        kind: 'host',
        name: web.name,
        of: '',
        low: 99.9897,
        high: 99.9905,
        seconds: {
          counted: 2_584_800,
          up: 2_581_548,
          degraded: 0,
          down: 252,
          downLeast: 245,
          downMost: 265,
          unreachable: 0,
          unknown: 3_000,
        },
        outages: 1,
        longestOutageSeconds: 265,
        exclusions: [
          { kind: 'maintenance', why: 'nouveau disque', seconds: 5_400, count: 1 },
          { kind: 'ours', why: 'Notre passerelle ne répondait pas.', seconds: 1_800, count: 2 },
        ],
        basis: 'ping',
        checks: 1,
      },
    ],
  },
  levels: [
    {
      goal: 'resolution',
      state: 'missed',
      policy: 'Standard',
      startedAt: '2026-11-22T13:05:19Z',
      dueAt: '2026-11-22T13:10:19Z',
      endedAt: '2026-11-22T13:12:40Z',
      targetSeconds: 300,
      countedSeconds: 381,
      calendar: 'Jour et nuit',
      timeZone: 'Europe/Paris',
      days: [],
      earlierSeconds: 0,
      pauses: [{ from: '2026-11-22T13:07:00Z', until: '2026-11-22T13:08:00Z', reason: 'supplier' }],
      steps: [],
    },
  ],
  goodResults: new Map([[id(41), 'HTTP 200 en 84 ms']]),
  measured: {
    label: 'Page d’accueil – durée de la réponse',
    unit: 'ms',
    times,
    values: times.map((time, at) =>
      time > begin + 612 && time < begin + 864 ? null : 80 + 25 * Math.sin(at / 4) + (at % 17 === 0 ? 60 : 0),
    ),
  },
};
