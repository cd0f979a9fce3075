import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '#platform/database.ts';
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts';
import { createLog } from '#platform/log.ts';
import { migrate } from '#platform/migrate.ts';
import { databaseUrl, templateName } from './database.ts';

async function makeTemplate(serverUrl: string): Promise<void> {
  const server = new Client({ connectionString: databaseUrl(serverUrl, 'postgres') });
  await server.connect();
  await server.query(`drop database if exists ${templateName} with (force)`);
  await server.query(`create database ${templateName} encoding 'UTF8' template template0`);
  await server.end();
  const template = openDatabase(databaseUrl(serverUrl, templateName), { maxConnections: 2, onError: () => undefined });
  await migrate(template.pool);
  await template.close();
}

/**
 * Two test files at a time, each with a server or more of its own, are more guests than one Vigie brings; and nothing
 * here has to outlive a power cut.
 */
async function suitTests(serverUrl: string): Promise<void> {
  const server = new Client({ connectionString: databaseUrl(serverUrl, 'postgres') });
  await server.connect();
  for (const setting of ['max_connections = 120', 'fsync = off', 'full_page_writes = off']) {
    await server.query(`alter system set ${setting}`);
  }
  await server.end();
}

/** One PostgreSQL for all tests: the one that VIGIE_TEST_DATABASE_URL names, else an embedded one in a temporary folder. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const external = process.env['VIGIE_TEST_DATABASE_URL'];
  if (external !== undefined && external !== '') {
    await makeTemplate(external);
    project.provide('postgresUrl', external);
    return async () => undefined;
  }
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'vigie-test-'));
  const log = createLog('silent');
  const first = await startEmbeddedPostgres({ dataFolder, log });
  await suitTests(first.url);
  await first.stop();
  const postgres = await startEmbeddedPostgres({ dataFolder, log });
  await makeTemplate(postgres.url);
  project.provide('postgresUrl', postgres.url);
  return async () => {
    await postgres.stop();
    await rm(dataFolder, { recursive: true, force: true });
  };
}
