import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

/** A database for all, of which each file has a copy. Long enough for a busy machine: nothing here is about how fast it is. */
const onDatabase = { globalSetup: ['test/global-setup.ts'], testTimeout: 100_000, hookTimeout: 120_000 };
/** Files share a process, so that the server's modules are loaded twice in a run and not once a file. */
const together = { ...onDatabase, isolate: false };
/** Real machines, browsers and kills: one file at a time, so that what they measure is theirs. */
const alone = { fileParallelism: false, testTimeout: 300_000, hookTimeout: 1_500_000 };
/** Killed servers that need no lab: they mostly wait, and can do so beside anything. */
const deaths = ['advice-hand-over', 'clock-jumps', 'full-disk', 'heartbeat', 'packing', 'storm', 'two-servers'];
/** Browsers on a house of their own, without the lab. */
const deskScreens = 'test/e2e/desk-*.test.ts';

export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{contract,texts,ssh,mail,analyse,probe,server,cli,web,tools}/**/*.test.{ts,tsx}'],
          ...together,
        },
      },
      {
        test: {
          name: 'behaviour',
          include: ['test/behaviour/**/*.test.ts'],
          setupFiles: ['test/gather-statements.ts'],
          ...together,
        },
      },
      // On another PostgreSQL, the one that VIGIE_TEST_DATABASE_URL names: every statement that the behaviour tests sent,
      // and once more those of them whose outcome rests on the database's own locks, partitions, search and messages.
      {
        test: {
          name: 'external',
          include: [
            'test/external/**/*.test.ts',
            'test/behaviour/platform-{jobs,migrate,outbox,start}.test.ts',
            'test/behaviour/desk-{documents,find,mail-killed,race,search,tickets}.test.ts',
            'test/behaviour/upkeep-{ownership,takeover}.test.ts',
            'test/behaviour/watch-{dependencies,failure,list,measurements,rehearsal-killed}.test.ts',
            'test/behaviour/{audit-secrets,house-live,logbook-record,notify-channel-down,reports-availability}.test.ts',
          ],
          ...together,
        },
      },
      // Checks against the servers they are for: Debian's own, started by the test on loopback.
      { test: { name: 'real', include: ['test/real/**/*.test.ts'], ...onDatabase } },
      { test: { name: 'lab', include: ['lab/**/*.test.ts'], ...alone } },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], exclude: [deskScreens], ...alone } },
      { test: { name: 'screens', include: [deskScreens], globalSetup: ['test/global-setup.ts'], ...alone } },
      { test: { name: 'crash', include: ['test/crash/crash.test.ts'], ...alone } },
      {
        test: {
          name: 'deaths',
          include: [`test/crash/{${deaths.join(',')}}.test.ts`],
          globalSetup: ['test/global-setup.ts'],
          ...alone,
        },
      },
    ],
  },
});
