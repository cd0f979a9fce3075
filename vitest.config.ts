import { defineConfig } from 'vitest/config';

/** Long enough for a busy machine: nothing here is about how fast it is. */
const onDatabase = { globalSetup: ['test/global-setup.ts'], testTimeout: 100_000, hookTimeout: 120_000 };
/** Real machines, browsers and kills: one file at a time, so that what they measure is theirs. */
const alone = { fileParallelism: false, testTimeout: 300_000, hookTimeout: 1_500_000 };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{contract,texts,ssh,mail,analyse,probe,server,cli,web,tools}/**/*.test.{ts,tsx}'],
          ...onDatabase,
        },
      },
      { test: { name: 'behaviour', include: ['test/behaviour/**/*.test.ts'], ...onDatabase } },
      // The same tests on another PostgreSQL, the one that VIGIE_TEST_DATABASE_URL names, where it can make a difference.
      {
        test: {
          name: 'external',
          include: ['server/**/store*.test.ts', 'test/behaviour/**/*.test.ts'],
          exclude: ['test/behaviour/{cli*,contract-bad-input}.test.ts'],
          ...onDatabase,
        },
      },
      // Checks against the servers they are for: Debian's own, started by the test on loopback.
      { test: { name: 'real', include: ['test/real/**/*.test.ts'], ...onDatabase } },
      { test: { name: 'lab', include: ['lab/**/*.test.ts'], ...alone } },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], globalSetup: ['test/global-setup.ts'], ...alone } },
      {
        test: { name: 'crash', include: ['test/crash/**/*.test.ts'], globalSetup: ['test/global-setup.ts'], ...alone },
      },
    ],
  },
});
