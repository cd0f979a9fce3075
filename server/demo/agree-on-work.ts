import { passTo, type Play } from './incident-moves.ts';
import { thingNamed } from './settle-company.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The next moment after `fromMs` that is this day of the week (1 = Monday) at this hour of UTC. */
function nextOn(fromMs: number, weekday: number, hour: number): number {
  const at = new Date(fromMs);
  at.setUTCHours(hour, 0, 0, 0);
  const days = (weekday - (at.getUTCDay() || 7) + 7) % 7;
  return at.getTime() + (days === 0 && at.getTime() <= fromMs ? 7 : days) * dayMs;
}

/** Maintenance windows: one that goes on, one that comes, and two that come again and again. */
export async function agreeOnWork(play: Play, nowMs: number): Promise<void> {
  const { stage, company } = play;
  const { create } = stage.modules.upkeep.handlers.windows;
  const { karim, marc, jessica } = company.crew;
  const halfHourMs = hourMs / 2;
  const beganMs = Math.floor((nowMs - 20 * 60_000) / halfHourMs) * halfHourMs;
  const lines = [
    {
      who: karim,
      name: 'Mises à jour des hyperviseurs',
      reason: 'Un nœud après l’autre ; les machines sont déplacées d’abord.',
      targets: ['lyo-hv-01', 'lyo-hv-02'],
      startsAt: nextOn(nowMs, 7, 1),
      durationMinutes: 180,
      repeats: 'monthlyByDay',
      timeZone: 'Europe/Paris',
    },
    {
      who: jessica,
      name: 'NAS firmware',
      reason: 'Shares are away for some twenty minutes.',
      targets: ['mtl-nas-01'],
      startsAt: nextOn(nowMs + dayMs, 3, 23),
      durationMinutes: 60,
      repeats: 'never',
      timeZone: 'America/Montreal',
    },
    {
      who: marc,
      name: 'Contrôle des copies de nuit',
      reason: '',
      targets: ['Sauvegardes'],
      startsAt: nextOn(nowMs, 6, 5),
      durationMinutes: 120,
      repeats: 'weekly',
      timeZone: 'Europe/Paris',
    },
    {
      who: marc,
      name: 'Recâblage de l’étage 2',
      reason: 'Bellecour change le panneau de brassage : postes et copieurs coupés par moments.',
      targets: ['lyo-sw-03'],
      startsAt: beganMs,
      durationMinutes: 210,
      repeats: 'never',
      timeZone: 'Europe/Paris',
    },
  ] as const;
  const agreedMs = Math.min(stage.now().getTime() + 60_000, nowMs);
  passTo(play, agreedMs);
  for (const { who, targets, startsAt, ...rest } of lines) {
    const asked = {
      ...rest,
      targets: targets.map((name) => thingNamed(company.things, name)).map(({ kind, id }) => ({ kind, id })),
      tags: [],
      startsAt: new Date(startsAt).toISOString(),
      days: [],
      lastAt: null,
    };
    await stage.act(who, 'upkeep.windows.create', asked, create);
  }
}
