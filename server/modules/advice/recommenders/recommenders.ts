import type { Recommender } from '../finding.ts';
import { certificateEnding } from './certificate-ending.ts';
import { missingIndex, poolNearLimit, slowStatement } from './database.ts';
import { diskFilling } from './disk-filling.ts';
import { slowHandshake, slowNameLookup } from './latency.ts';
import { memoryPressure } from './memory-pressure.ts';
import { oversized } from './oversized.ts';
import { cpuSaturation, cpuSteal } from './processor.ts';
import { recurrentIncident } from './recurrent-incident.ts';
import { timeDrift } from './time-drift.ts';
import { checkTooNoisy, checkTooOften } from './watch-cost.ts';

/** All recommenders. To add one: its file here, its line below, its kind in contract/advice.ts, its texts. */
export const recommenders: readonly Recommender[] = [
  diskFilling,
  memoryPressure,
  cpuSaturation,
  cpuSteal,
  oversized,
  poolNearLimit,
  missingIndex,
  slowStatement,
  slowNameLookup,
  slowHandshake,
  checkTooOften,
  checkTooNoisy,
  certificateEnding,
  timeDrift,
  recurrentIncident,
];

/** Series that recommenders look at, by what they measure. */
export const lookedAt: readonly string[] = [
  'cpu',
  'memory',
  'swap',
  'steal',
  'folderSize',
  'connectionsUsed',
  'rowsReadWhole',
  'statementTime',
  'lookup',
  'total',
  'answerTime',
  'handshake',
  'tls',
  'certificateDays',
  'offset',
];
