import { expect, test } from 'vitest';
import { z } from 'zod';
import { kinds } from './checks/kinds.ts';
import { isSecretPlace } from './secret-places.ts';

const properties = z.looseObject({ properties: z.record(z.string(), z.unknown()) });

// What is asked for, and how the answer is judged: none of it says where a secret goes.
const judged =
  /^(?:warn|down|max|min|least|newest|expect|text|json|pattern|size|mustBe|show|queryE|queryA|queryB|key|attribute|payload|values$|rules$|select$|missing$)/u;
const harmless = new Set([
  'httpVersion',
  'headersExpected',
  'body',
  'heloName',
  'mailFrom',
  'rcptTo',
  'relayTo',
  'relayVerdict',
  'folder',
  'from',
  'to',
  'junkFolder',
  'depth',
  'query',
  'beyondIs',
  'role',
  'standbysExpected',
  'backup',
  'backupQuery',
  'services',
  'ignoredServices',
  'expected',
  'unit',
  'scale',
  'include',
  'exclude',
  'physicalOnly',
  'diskExclude',
  'supplyExclude',
  'replicasExpected',
  'base',
  'scope',
  'filter',
  'roundTrip',
  'access',
  'clientId',
  'test',
  'topic',
  'withinMs',
  'readSystem',
  'queues',
  'queuesExpected',
  'subprotocol',
  'send',
  'cpuWarnPercent',
  'loadWarnPerCore',
  'memoryWarnPercent',
  'memoryDownPercent',
  'swapWarnPercent',
  'diskWarnPercent',
  'diskDownPercent',
]);

test.each([...kinds.values()].filter((kind) => kind.secrets().length > 0).map((kind) => [kind.name, kind] as const))(
  'of every setting of %s it was decided whether it says where a secret goes',
  (_name, kind) => {
    const fields = Object.keys(properties.parse(z.toJSONSchema(kind.schema, { io: 'input' })).properties);
    const open = fields.filter(
      (field) =>
        !kind.secrets().includes(field) && !isSecretPlace(field) && !judged.test(field) && !harmless.has(field),
    );
    expect(open).toEqual([]);
  },
);
