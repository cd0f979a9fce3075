import { plainNode, propertiesOf, type SchemaNode } from '../schema-node.ts';

/** Which fields of a list are worth a column, by the request's name; any other list shows what fits on a line. */
const chosen: Readonly<Record<string, readonly string[]>> = {
  'people.persons.list': ['name', 'mail', 'role', 'language', 'active', 'lastSeenAt'],
  'people.audit.list': ['sequence', 'at', 'who', 'request', 'outcome', 'subject'],
  'people.tokens.list': ['id', 'name', 'createdAt', 'lastUsedAt'],
  'estate.sites.list': ['name', 'place', 'hostCount'],
  'estate.hosts.list': ['name', 'address', 'kind', 'system', 'site'],
  'estate.services.list': ['name', 'importance', 'owner', 'userCount', 'summary'],
  'estate.services.users': ['name', 'mail'],
  'estate.suppliers.list': ['id', 'name', 'phone', 'mail', 'contract'],
  'estate.dependencies.impact.things': ['kind', 'name', 'distance'],
  'estate.dependencies.impact.people': ['name', 'mail', 'through'],
  'upkeep.runbooks.list': ['name', 'safe', 'runCount', 'successCount', 'summary'],
  'upkeep.runbooks.suggest': ['name', 'safe', 'runCount', 'successCount', 'summary'],
  'upkeep.runs.list': ['id', 'runbook', 'host', 'state', 'proposedBy', 'proposedAt', 'endedAt', 'note'],
  'upkeep.runs.get.steps': ['position', 'definition', 'state', 'exitCode', 'startedAt', 'endedAt', 'note', 'id'],
  'upkeep.credentials.list': ['name', 'user', 'kind', 'usedBy', 'createdAt'],
  'upkeep.leases': ['host', 'run', 'by', 'since', 'waiting'],
  'watch.kinds': ['name', 'title', 'summary'],
  'watch.checks.list': ['state', 'name', 'target', 'kind', 'since', 'summary'],
  'watch.checks.results': ['at', 'verdict', 'durationMs', 'confirming', 'summary'],
  'watch.checks.history': ['at', 'from', 'to', 'because', 'summary'],
  'watch.checks.series': ['name', 'label', 'last', 'unit', 'lastAt'],
  'watch.start.checks': ['name', 'target', 'kind', 'state'],
  'watch.alerts.list': ['state', 'check', 'target', 'cause', 'failingSince', 'clearedAt', 'summary'],
  'watch.silences.list': ['id', 'target', 'checkTarget', 'checkName', 'reason', 'until', 'by'],
  'desk.tickets.find': ['number', 'kind', 'state', 'priority', 'title', 'requester', 'assignee', 'updatedAt'],
  'desk.search': ['number', 'state', 'title', 'requester', 'snippet'],
  'desk.tickets.list': ['number', 'state', 'priority', 'title', 'cause', 'openedAt', 'assignee'],
  'logbook.entries.list': ['sequence', 'at', 'who', 'kind', 'text', 'thing'],
  'logbook.changes': ['at', 'who', 'text', 'thing'],
  'logbook.solutions.list': ['title', 'state', 'worked', 'failed', 'symptom'],
  'logbook.solutions.suggest': ['solution', 'score', 'why'],
  'notify.channels.list': ['name', 'kind', 'destination', 'language', 'from', 'active'],
  'notify.deliveries': ['at', 'channel', 'about', 'subject', 'state', 'answer'],
  'advice.anomalies.list': ['at', 'checkName', 'target', 'label', 'sentence', 'overWhy'],
  'advice.forecasts.list': ['label', 'target', 'last', 'fullAt', 'low', 'high', 'why'],
  'advice.recommendations.list': ['weight', 'state', 'kind', 'title', 'about'],
  'advice.policies.list': ['name', 'scope', 'mode', 'learningHours', 'leastShare', 'leastAmount'],
  'reports.resolution.list': ['number', 'title', 'resolvedAt', 'outageSeconds'],
};
const tableNames: Readonly<Record<string, readonly string[]>> = {
  alerts: ['checkName', 'target', 'failingSince', 'clearedAt', 'summary'],
  events: ['at', 'who', 'kind', 'text'],
  steps: ['position', 'definition', 'state', 'exitCode', 'startedAt', 'endedAt', 'note', 'id'],
  hostKeys: ['type', 'fingerprint'],
};
const manyColumns = 7;

function isPlain(schema: SchemaNode): boolean {
  const type = plainNode(schema)['type'];
  return type !== 'object' && type !== 'array';
}

/** The columns of a list's table. */
export function columnsOf(name: string, schema: SchemaNode): readonly string[] {
  const table = tableNames[name.split('.').at(-1) ?? ''];
  const known = chosen[name] ?? table;
  if (known !== undefined) return known;
  return [...propertiesOf(schema)]
    .filter(([key, node]) => isPlain(node) && key !== 'hash')
    .map(([key]) => key)
    .slice(0, manyColumns);
}
