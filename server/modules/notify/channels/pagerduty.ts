import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';
import { defineChannelKind, type Message } from '../channel-kind.ts';
import { bodyOf, clip } from '../message-text.ts';

const settings = z.object({
  apiKey: secretText(100),
  apiUrl: z.string().max(500).default('https://events.pagerduty.com'),
});

const en = {
  title: 'PagerDuty',
  summary: 'A PagerDuty service (Events API v2): an incident is triggered, acknowledged and resolved there.',
  fields: {
    apiKey: { label: 'Integration key', help: '32 characters, of an integration “Events API v2”.' },
    apiUrl: { label: 'API address', help: 'https://events.eu.pagerduty.com for accounts in Europe.' },
  },
};
const fr: typeof en = {
  title: 'PagerDuty',
  summary: 'Un service PagerDuty (Events API v2) : l’incident y est déclenché, pris en charge et résolu.',
  fields: {
    apiKey: { label: 'Clé d’intégration', help: '32 caractères, d’une intégration « Events API v2 ».' },
    apiUrl: { label: 'Adresse de l’API', help: 'https://events.eu.pagerduty.com pour les comptes en Europe.' },
  },
};

const severities = { low: 'info', normal: 'warning', high: 'error', critical: 'critical' } as const;
const actions = {
  opens: 'trigger',
  recalls: 'trigger',
  other: 'trigger',
  takes: 'acknowledge',
  closes: 'resolve',
} as const;

function payloadOf({ wording, notice, priority, at }: Message) {
  const cause = 'cause' in notice ? notice.cause : null;
  return {
    summary: clip(wording.subject, 1_024),
    source: clip(cause ?? 'Vigie', 255),
    severity: severities[priority],
    timestamp: at.toISOString(),
    custom_details: { text: clip(bodyOf(wording), 4_000) },
  };
}

/**
 * PagerDuty: Events API v2 (developer.pagerduty.com/docs/events-api-v2-overview): /v2/enqueue answers 202; 429 and 5xx
 * may be asked again, 400 not. `dedup_key` (at most 255 signs) is the incident's, so that sending twice opens nothing
 * twice.
 */
export const pagerdutyChannel = defineChannelKind({
  name: 'pagerduty',
  settings,
  texts: { en, fr },
  urls: ['apiUrl'],
  needs: [['apiKey']],
  forEverybody: false,
  digests: false,
  tellsTaking: true,
  shown: ({ apiUrl }) => new URL(apiUrl).host,
  async send({ apiKey, apiUrl }, message, { ask }) {
    const url = new URL(`${apiUrl.replace(/\/$/u, '')}/v2/enqueue`);
    const event_action = actions[message.phase];
    const dedup_key = message.thread ?? `vigie-${message.id}`;
    const { link } = message.wording;
    const outcome = await ask({
      url,
      json: {
        routing_key: apiKey,
        event_action,
        dedup_key,
        ...(event_action === 'trigger'
          ? {
              payload: payloadOf(message),
              client: 'Vigie',
              ...(link === null ? {} : { client_url: link.url, links: [{ href: link.url, text: link.text }] }),
            }
          : {}),
      },
    });
    // A test opens an incident there; it is closed at once, so that nobody has to.
    if (outcome.end === 'delivered' && message.notice.about === 'test')
      return ask({ url, json: { routing_key: apiKey, event_action: 'resolve', dedup_key } });
    return outcome;
  },
});
