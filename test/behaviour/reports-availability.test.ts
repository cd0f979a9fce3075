import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AvailabilityReport } from '#contract/availability-report.ts';
import { Doors } from '../doors.ts';
import { startHouse, type House } from '../house.ts';
import { readPdf } from '../read-pdf.ts';
import { refusedWith } from '../refused-with.ts';
import { until as comesTrue } from '../until.ts';

let house: House;
const doors = new Doors();
let hostId: string;
const until = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const from = new Date(until.getTime() - 10 * 86_400_000);
const asked = { from: from.toISOString(), until: until.toISOString() };
const after = (minutes: number): Date => new Date(from.getTime() + minutes * 60_000);

/** Ten days of a past: an outage of an hour, twenty minutes of our own line, and an agreed night. */
async function playPast(checkId: string): Promise<void> {
  const client = new pg.Client({ connectionString: house.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ number: number }>(
    'update watch.check set created_at = $2 where id = $1 returning number',
    [checkId, from],
  );
  const number = rows[0]?.number;
  await client.query('delete from watch.state_change where check_number = $1', [number]);
  const change = (minutes: number, was: string, is: string, reason: object): Promise<unknown> =>
    client.query(
      `insert into watch.state_change (check_number, at, first_at, agreed_at, from_state, to_state, reason)
       values ($1, $2, $2, $3, $4, $5, $6)`,
      [number, after(minutes), after(minutes - 1), was, is, JSON.stringify(reason)],
    );
  const plain = { code: 'refused', data: {} };
  await change(1_000, 'up', 'down', plain);
  await change(1_060, 'down', 'up', plain);
  await change(3_000, 'up', 'unknown', { code: 'own_line', data: { fault: 'ours', what: '', count: 0 } });
  await change(3_020, 'unknown', 'up', plain);
  await client.query(
    `insert into watch.window_turn (window_id, name, from_at, until_at, ended_at, verified_at, check_numbers, well_numbers)
     values ($1, 'new disk', $2, $3, $3, $3, $4, $4)`,
    [house.ids.alice, after(5_000), after(5_480), [number]],
  );
  await client.end();
}

beforeAll(async () => {
  house = await startHouse();
  const { alice } = house.as;
  const port = await doors.open('past', '127.0.0.1');
  const host = await alice.estate.hosts.create({ name: 'passé-01', address: '127.0.0.1' });
  hostId = host.id;
  const check = await alice.watch.checks.create({
    name: 'Door',
    kind: 'tcp',
    target: { kind: 'host', id: host.id },
    settings: { port },
    intervalSeconds: 60,
  });
  await comesTrue(async () => (await alice.watch.checks.get({ id: check.id })).state === 'up');
  await playPast(check.id);
});
afterAll(async () => {
  await doors.closeAll();
  await house[Symbol.asyncDispose]();
});

const lineIn = (report: AvailabilityReport) =>
  report.parts.flatMap(({ part }) => part.lines).find(({ thing }) => thing.id === hostId);

describe('the report of a period', () => {
  it('tells availability as an interval, in three states, with each reason and its minutes', async () => {
    const report = await house.as.carol.reports.availability.get({ ...asked, language: 'en' });
    const line = lineIn(report);
    // Ten days less 480 minutes of work and 21 of our own line; down between 59 and 61 minutes.
    expect(line?.seconds).toMatchObject({ counted: 13_899 * 60, downLeast: 59 * 60, downMost: 61 * 60, unknown: 0 });
    expect(line).toMatchObject({
      outages: 1,
      share: '99.56–99.58%',
      up: '9\u00A0d 14\u00A0h',
      down: '1\u00A0h',
      unknown: '–',
    });
    expect(line?.exclusions).toMatchObject([
      { kind: 'maintenance', label: 'agreed work', why: 'new disk', minutes: 480, count: 1 },
      { kind: 'ours', label: 'own line', minutes: 21, count: 1 },
    ]);
    expect(line?.exclusions[1]?.why).not.toBe('');
    expect(report.summary).toContain(
      '8\u00A0h 21\u00A0min in all were left out of these figures, each with its reason.',
    );
    expect(report.summary.at(-1)).toBe('No incident was opened.');
  });

  it('says the same in French', async () => {
    const report = await house.as.olga.reports.availability.get({ ...asked, language: 'fr' });
    const line = lineIn(report);
    expect(line?.share).toMatch(/^99,56–99,58\s%$/u);
    expect(line?.exclusions.map(({ label }) => label)).toEqual(['travaux convenus', 'notre propre ligne']);
    expect(report.title).toMatch(/^Disponibilité du \d/u);
  });

  it('is a PDF in either language with the same figures and reasons', async () => {
    const english = await house.as.bob.reports.availability.pdf({ ...asked, language: 'en' });
    expect(english.name).toMatch(/^availability-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.pdf$/u);
    const text = readPdf(await english.arrayBuffer());
    for (const told of ['Availability report', 'passé-01', '99.56–99.58%', 'agreed work', 'own line', 'its checks'])
      expect(text).toContain(told);
    const inFrench = await house.as.bob.reports.availability.pdf({ ...asked, language: 'fr' });
    const french = readPdf(await inFrench.arrayBuffer());
    for (const told of ['Rapport de disponibilité', 'travaux convenus', 'notre propre ligne', 'Exclu, et pourquoi'])
      expect(french).toContain(told);
  });

  it('is a table that programs read, with the minutes of each kind of exclusion', async () => {
    const file = await house.as.carol.reports.availability.csv({ ...asked, language: 'en', separator: 'semicolon' });
    const [head = '', ...lines] = (await file.text()).split('\r\n');
    const line = lines.find((each) => each.includes('passé-01'))?.split(';') ?? [];
    const cell = (name: string): string => line[head.split(';').indexOf(name)] ?? '';
    expect(cell('left_out_agreed_work_min')).toBe('480');
    expect(cell('left_out_own_line_min')).toBe('21');
    expect(cell('down_most_s')).toBe('3660');
    expect(cell('left_out_reasons')).toContain('new disk');
  });

  it('takes a calendar period, of the kinds of thing asked for', async () => {
    const report = await house.as.bob.reports.availability.get({ period: 'this_year', of: ['site'] });
    expect(report.parts.map(({ kind }) => kind)).toEqual(['site']);
    expect(report.from < report.until).toBe(true);
  });

  it('refuses half a period, one that is too long, and people who may not read reports', async () => {
    const { bob, dan } = house.as;
    expect(await refusedWith(bob.reports.availability.get({ from: asked.from }))).toBe('bad_input');
    const ages = { from: '2020-01-01T00:00:00Z', until: asked.until };
    expect(await refusedWith(bob.reports.availability.get(ages))).toBe('bad_input');
    expect(await refusedWith(dan.reports.availability.get(asked))).toBe('forbidden');
  });
});
