import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { openUpkeepLedger, type UpkeepLedger } from '../upkeep-ledger.ts';

let database: TestDatabase;
let ledger: UpkeepLedger;
beforeAll(async () => {
  database = await createTestDatabase();
  ledger = openUpkeepLedger(database.url);
});
afterAll(async () => {
  await ledger[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

describe('owning a run', () => {
  it('is for one at a time, and free again when the owner is gone', async () => {
    const runId = await ledger.addRun();
    const first = await ledger.openLine();
    await using second = await ledger.openLine();
    expect(await first.tryOwn(runId)).toBe(true);
    expect(await second.tryOwn(runId)).toBe(false);
    await first[Symbol.asyncDispose]();
    expect(first.lost.aborted).toBe(true);
    await expect.poll(() => second.tryOwn(runId)).toBe(true);
  });

  it('is noticed to be lost when the connection ends', async () => {
    await using line = await ledger.openLine();
    expect(line.lost.aborted).toBe(false);
    await ledger.cutLines();
    await expect.poll(() => line.lost.aborted).toBe(true);
  });

  it('lets a former owner write nothing', async () => {
    const runId = await ledger.addRun();
    const former = await ledger.begin(runId);
    expect(await ledger.mayWrite(runId, former)).toBe(true);
    const present = await ledger.begin(runId);
    expect(await ledger.mayWrite(runId, former)).toBe(false);
    expect(await ledger.mayWrite(runId, present)).toBe(true);
  });

  it('does not begin for a run that is over', async () => {
    const runId = await ledger.addRun();
    await ledger.endRun(runId);
    expect(await ledger.begin(runId)).toBeNull();
  });
});
