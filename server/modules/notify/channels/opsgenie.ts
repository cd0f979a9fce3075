import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';
import { defineChannelKind, type Message } from '../channel-kind.ts';
import { bodyOf, clip } from '../message-text.ts';

const settings = z.object({
  apiKey: secretText(200),
  team: z.string().max(100).default(''),
  apiUrl: z.string().max(500).default('https://api.opsgenie.com'),
});

const en = {
  title: 'Opsgenie',
  summary: 'Opsgenie or Jira Service Management alerts: opened, acknowledged and closed there.',
  fields: {
    apiKey: { label: 'API key', help: 'Of an API integration with the right to create and update alerts.' },
    team: { label: 'Team', help: 'Its name there; empty where the integration belongs to a team.' },
    apiUrl: {
      label: 'API address',
      help: 'https://api.eu.opsgenie.com for accounts in Europe; https://api.atlassian.com/jsm/ops/integration for Jira Service Management, which takes over from Opsgenie.',
    },
  },
};
const fr: typeof en = {
  title: 'Opsgenie',
  summary: 'Les alertes d’Opsgenie ou de Jira Service Management : ouvertes, prises en charge et closes là-bas.',
  fields: {
    apiKey: { label: 'Clé d’API', help: 'D’une intégration API qui a le droit de créer et modifier des alertes.' },
    team: { label: 'Équipe', help: 'Son nom là-bas ; vide si l’intégration appartient à une équipe.' },
    apiUrl: {
      label: 'Adresse de l’API',
      help: 'https://api.eu.opsgenie.com pour les comptes en Europe ; https://api.atlassian.com/jsm/ops/integration pour Jira Service Management, qui prend la suite d’Opsgenie.',
    },
  },
};

const priorities = { low: 'P5', normal: 'P3', high: 'P2', critical: 'P1' } as const;

function alertOf({ wording, notice, priority }: Message, alias: string, team: string) {
  const cause = 'cause' in notice ? notice.cause : null;
  return {
    message: clip(wording.subject, 130),
    alias,
    description: clip([bodyOf(wording), wording.link?.url ?? ''].join('\n\n').trim(), 15_000),
    priority: priorities[priority],
    source: 'Vigie',
    tags: ['vigie'],
    ...(cause === null ? {} : { entity: clip(cause, 512) }),
    ...(team === '' ? {} : { responders: [{ type: 'team', name: team }] }),
  };
}

/**
 * Opsgenie: Alert API (docs.opsgenie.com/docs/alert-api), with its limits: message 130, alias and entity 512,
 * description 15,000. It answers 202 before the alert is made. Alerts of one alias are one while it is open, so that
 * sending twice opens nothing twice.
 */
export const opsgenieChannel = defineChannelKind({
  name: 'opsgenie',
  settings,
  texts: { en, fr },
  urls: ['apiUrl'],
  needs: [['apiKey']],
  forEverybody: false,
  digests: false,
  tellsTaking: true,
  shown: ({ apiUrl, team }) => (team === '' ? new URL(apiUrl).host : `${new URL(apiUrl).host} ${team}`),
  async send({ apiKey, team, apiUrl }, message, { ask }) {
    const base = `${apiUrl.replace(/\/$/u, '')}/v2/alerts`;
    const headers = { authorization: `GenieKey ${apiKey}` };
    const alias = message.thread ?? `vigie-${message.id}`;
    const act = (verb: 'close' | 'acknowledge') =>
      ask({
        url: new URL(`${base}/${encodeURIComponent(alias)}/${verb}?identifierType=alias`),
        headers,
        json: { source: 'Vigie', note: clip(bodyOf(message.wording), 25_000) },
      });
    if (message.phase === 'closes') return act('close');
    if (message.phase === 'takes') return act('acknowledge');
    const outcome = await ask({ url: new URL(base), headers, json: alertOf(message, alias, team) });
    return outcome.end === 'delivered' && message.notice.about === 'test' ? act('close') : outcome;
  },
});
