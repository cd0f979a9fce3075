import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';
import { defineChannelKind, type Message } from '../channel-kind.ts';
import { clip } from '../message-text.ts';
import { maskedUrl } from '../webhook-destination.ts';

const settings = z.object({ hookUrl: secretText(2_000) });

const en = {
  title: 'Microsoft Teams',
  summary: 'A card in a Teams channel or chat, by a workflow’s webhook.',
  fields: {
    hookUrl: {
      label: 'Webhook of the workflow',
      help: 'In Teams: Workflows, “Post to a channel when a webhook request is received”; paste the address it gives.',
    },
  },
};
const fr: typeof en = {
  title: 'Microsoft Teams',
  summary: 'Une carte dans un canal ou une conversation Teams, par le webhook d’un flux de travail.',
  fields: {
    hookUrl: {
      label: 'Webhook du flux de travail',
      help: 'Dans Teams : Flux de travail, « Publier dans un canal lorsqu’une demande webhook est reçue » ; collez l’adresse obtenue.',
    },
  },
};

/**
 * A message with its card takes 28 KB (learn.microsoft.com, "Create incoming webhooks with Workflows"); a sign takes up
 * to four bytes, and twice that with its backslash.
 */
const longestParagraph = 1_500;
const mostBodyBytes = 20_000;

/** Card texts are Markdown: what a host's name holds must not become a link. */
function plain(text: string): string {
  return clip(text, longestParagraph).replaceAll(/[\\`*_[\]()~]/gu, String.raw`\$&`);
}

function block(words: string, more = {}) {
  return { type: 'TextBlock', text: plain(words), wrap: true, ...more };
}

/** As many blocks as fit; what is left out stands in Vigie, where the card leads. */
function withinBytes<Block>(blocks: readonly Block[]): Block[] {
  let bytes = 0;
  return blocks.filter((each) => (bytes += Buffer.byteLength(JSON.stringify(each))) <= mostBodyBytes);
}

function cardOf({ wording, phase, priority }: Message) {
  const { subject, paragraphs, link } = wording;
  const severe = priority === 'high' || priority === 'critical' ? 'attention' : 'warning';
  const style = phase === 'closes' ? 'good' : phase === 'opens' || phase === 'recalls' ? severe : 'default';
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      { type: 'Container', style, bleed: true, items: [block(subject, { weight: 'bolder', size: 'medium' })] },
      ...withinBytes(
        paragraphs.filter((paragraph) => !subject.endsWith(paragraph)).map((paragraph) => block(paragraph)),
      ),
    ],
    actions: link === null ? [] : [{ type: 'Action.OpenUrl', title: link.text.replace(/\s*:$/u, ''), url: link.url }],
  };
}

/**
 * Teams: the workflow trigger "When a Teams webhook request is received", which takes adaptive cards only and answers
 * 202 (learn.microsoft.com, "Post a workflow when a webhook request is received"). The connectors of Microsoft 365 that
 * it replaces (…webhook.office.com) are retired; they answered 200 whatever became of the message.
 */
export const teamsChannel = defineChannelKind({
  name: 'teams',
  settings,
  texts: { en, fr },
  urls: ['hookUrl'],
  needs: [['hookUrl']],
  forEverybody: true,
  digests: true,
  shown: ({ hookUrl }) => maskedUrl(new URL(hookUrl)),
  send: ({ hookUrl }, message, { ask }) =>
    ask({
      url: new URL(hookUrl),
      json: {
        type: 'message',
        attachments: [
          { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: cardOf(message) },
        ],
      },
    }),
});
