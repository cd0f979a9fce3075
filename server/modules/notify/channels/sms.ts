import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';
import { detailOf } from '../ask-service.ts';
import { defineChannelKind } from '../channel-kind.ts';
import { clip } from '../message-text.ts';
import { maskedUrl } from '../webhook-destination.ts';

const contentTypes = ['application/json', 'application/x-www-form-urlencoded', 'text/plain'] as const;
const settings = z.object({
  to: z.string().regex(/^\+?[0-9][0-9 ().-]{2,30}$/u),
  method: z.enum(['POST', 'PUT', 'GET']).default('POST'),
  hookUrl: secretText(2_000),
  contentType: z.enum(contentTypes).default('application/json'),
  body: z.string().max(4_000).default('{"to": "{to}", "message": "{text}"}'),
  authorization: secretText(1_000),
  expect: z.string().max(200).default(''),
  longest: z.number().int().min(40).max(1_600).default(300),
});

const en = {
  title: 'SMS by a gateway',
  summary: 'Text messages by any gateway that takes an HTTP request: an operator’s, or a modem’s of yours.',
  fields: {
    to: { label: 'Telephone number', help: 'With its country code, such as +33 6 12 34 56 78.' },
    method: { label: 'Method' },
    hookUrl: {
      label: 'Address',
      help: 'Of the gateway. {to}, {text} and {id} are filled in, encoded as an address wants it.',
    },
    contentType: { label: 'Content type', help: 'In a JSON or form body what is filled in is encoded accordingly.' },
    body: { label: 'Body', help: '{to}, {text} and {id} are filled in. Not sent by GET.' },
    authorization: { label: 'Authorization header', help: 'Such as “Bearer …” or “Basic …”; empty for none.' },
    expect: {
      label: 'Answer must contain',
      help: 'For gateways that answer 200 even when they refuse; empty: the status says all.',
    },
    longest: { label: 'Longest text', help: 'Characters; 160 fit one message, 70 with signs outside its alphabet.' },
  },
};
const fr: typeof en = {
  title: 'SMS par passerelle',
  summary: 'Des textos par toute passerelle qui prend une requête HTTP : celle d’un opérateur, ou d’un modem à vous.',
  fields: {
    to: { label: 'Numéro de téléphone', help: 'Avec l’indicatif du pays, comme +33 6 12 34 56 78.' },
    method: { label: 'Méthode' },
    hookUrl: {
      label: 'Adresse',
      help: 'Celle de la passerelle. {to}, {text} et {id} y sont remplis, encodés comme une adresse le veut.',
    },
    contentType: {
      label: 'Type de contenu',
      help: 'Dans un corps JSON ou de formulaire, ce qui est rempli est encodé en conséquence.',
    },
    body: { label: 'Corps', help: '{to}, {text} et {id} y sont remplis. Pas envoyé par GET.' },
    authorization: { label: 'En-tête Authorization', help: 'Comme « Bearer … » ou « Basic … » ; vide pour aucun.' },
    expect: {
      label: 'La réponse doit contenir',
      help: 'Pour les passerelles qui répondent 200 même quand elles refusent ; vide : le statut dit tout.',
    },
    longest: {
      label: 'Texte le plus long',
      help: 'En caractères ; 160 tiennent en un message, 70 avec des signes hors de son alphabet.',
    },
  },
};

type Values = Readonly<Record<'to' | 'text' | 'id', string>>;

function filled(template: string, values: Values, encode: (value: string) => string): string {
  return template.replaceAll(/\{(?<name>to|text|id)\}/gu, (_whole, name: keyof Values) => encode(values[name]));
}

/** How a value has to be written where it is put, so that nothing in it ends the place it stands in. */
const encoders: Readonly<Record<(typeof contentTypes)[number], (value: string) => string>> = {
  'application/json': (value) => JSON.stringify(value).slice(1, -1),
  'application/x-www-form-urlencoded': (value) => encodeURIComponent(value),
  'text/plain': (value) => value,
};

/** A gateway that sends text messages, told by a template how to ask. */
export const smsChannel = defineChannelKind({
  name: 'sms',
  settings,
  texts: { en, fr },
  urls: ['hookUrl'],
  needs: [['hookUrl']],
  forEverybody: false,
  digests: true,
  shown: ({ to, hookUrl }) => `${to} (${maskedUrl(new URL(hookUrl))})`,
  send({ to, method, hookUrl, contentType, body, authorization, expect, longest }, message, { ask }) {
    const { subject, link } = message.wording;
    const way = link === null ? '' : ` ${link.url}`;
    const values = {
      to: to.replaceAll(/[^+0-9]/gu, ''),
      text: clip(subject, Math.max(40, longest - way.length)) + way,
      id: message.id,
    };
    return ask(
      {
        method,
        url: new URL(filled(hookUrl, values, encodeURIComponent)),
        headers: {
          'idempotency-key': message.id,
          ...(authorization === '' ? {} : { authorization }),
          ...(method === 'GET' ? {} : { 'content-type': contentType }),
        },
        ...(method === 'GET' ? {} : { body: filled(body, values, encoders[contentType]) }),
      },
      (answer) =>
        expect === '' || answer.status >= 300 || answer.text.includes(expect)
          ? null
          : { end: 'refused', reason: null, detail: detailOf(answer) },
    );
  },
});
