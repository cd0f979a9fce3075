import type { House } from '../app/house.ts';
import { agreeOnWork } from './agree-on-work.ts';
import { demonstrator } from './company/people.ts';
import { companyDomain } from './company/sites.ts';
import { recommendedBeforeMs } from './company/stories.ts';
import { fillMeasurements } from './fill-measurements.ts';
import { imaginePast, pastDays } from './imagine-past.ts';
import type { Play } from './incident-moves.ts';
import { layComposites } from './lay-composites.ts';
import { layDashboards } from './lay-dashboards.ts';
import { layProfiles } from './lay-profiles.ts';
import { layLimits, layRequests } from './lay-requests.ts';
import { layPolicies, playAdvice } from './play-advice.ts';
import { playPast, type Known } from './play-past.ts';
import { playPresent } from './play-present.ts';
import { settleCompany } from './settle-company.ts';
import { openStage } from './stage.ts';

/** What is being invented, for whoever waits. */
export type SeedStage = 'company' | 'past' | 'measurements';

const dayMs = 86_400_000;

/** Whose a database is, as far as the demonstration is concerned. */
export async function occupantOf(house: House): Promise<'nobody' | 'demonstration' | 'others'> {
  return house.database.kysely.transaction().execute(async (trx) => {
    const { handlers } = openStage(house, trx, house.clock.now()).modules.people;
    const caller = { actor: null, language: 'en', address: '', keepSession: () => undefined } as const;
    const asked = { search: `@${companyDomain}`, limit: 100 };
    const { signal } = new AbortController();
    if ((await handlers.welcome.get({}, caller, signal)).needed) return 'nobody';
    const { items } = await handlers.persons.list(asked, caller, signal);
    return items.some(({ mail }) => mail === demonstrator.mail) ? 'demonstration' : 'others';
  });
}

/** When the demonstration in this database was begun: its founder was added as long before as its past goes back. */
export async function foundedAt(house: House): Promise<Date> {
  return house.database.kysely.transaction().execute(async (trx) => {
    const { handlers } = openStage(house, trx, house.clock.now()).modules.people;
    const caller = { actor: null, language: 'en', address: '', keepSession: () => undefined } as const;
    const { items } = await handlers.persons.list(
      { search: demonstrator.mail, limit: 1 },
      caller,
      new AbortController().signal,
    );
    const [founder] = items;
    if (founder === undefined) return house.clock.now();
    return new Date(Date.parse(founder.createdAt) + pastDays * dayMs);
  });
}

/**
 * Invents the company with half a year of its past, up to now. It is one transaction: broken off in the middle it leaves
 * nothing, and the next start does it again.
 */
export async function seedCompany(house: House, password: string, onStage: (stage: SeedStage) => void): Promise<void> {
  const nowMs = house.clock.now().getTime();
  await house.database.kysely.transaction().execute(async (trx) => {
    const stage = openStage(house, trx, new Date(nowMs - pastDays * dayMs));
    onStage('company');
    const play: Play = { stage, company: await settleCompany(stage, password), outages: [] };
    onStage('past');
    const happenings = imaginePast(nowMs);
    const earlier = happenings.filter(({ at }) => at < nowMs - recommendedBeforeMs);
    const known: Known = new Map();
    await playPast(play, earlier, known);
    await playAdvice(play, nowMs);
    await playPast(play, happenings.slice(earlier.length), known);
    await playPresent(play, nowMs);
    await agreeOnWork(play, nowMs);
    await stage.modules.notify.sentBefore('250 2.0.0 Ok: queued');
    stage.passTo(new Date(nowMs));
    onStage('measurements');
    await fillMeasurements(stage, play.company, play.outages);
    await layDashboards(stage, play.company);
    await layProfiles(stage, play.company);
    await layLimits(stage, play.company);
    await layRequests(stage, play.company);
    await layPolicies(play);
    await layComposites(stage, play.company);
  });
}
