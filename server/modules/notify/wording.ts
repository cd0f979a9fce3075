import type { Language } from '#contract/words.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { momentText } from '#texts/moment.ts';
import * as en from '#texts/en/notify.ts';
import * as fr from '#texts/fr/notify.ts';
import type { Missing, Way } from './audience.ts';
import type { Notice } from './notice.ts';

/** A notice in words: a subject, paragraphs, and the page where its reader goes on. */
export interface Wording {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly link: { readonly text: string; readonly url: string } | null;
  readonly footer: string;
}

const catalogues: Readonly<Record<Language, typeof en>> = { en, fr };

/** Signs of line breaks in what has to be one line. */
const breaks = /\s*[\r\n\u0085\u2028\u2029]\s*/gu;

/** Words a notice. The addresses are those of web/paths.ts. */
export function wordNotice(notice: Notice, language: Language, publicUrl: string): Wording {
  const { subject, paragraphs, ...rest } = worded(notice, language, publicUrl);
  return { ...rest, subject: fit(subject).replaceAll(breaks, ' '), paragraphs: paragraphs.map(fit) };
}

/** Whatever a host is called, what is told can neither steer a terminal nor turn the writing around. */
function fit(text: string): string {
  return sanitiseOutput(text, 32_768);
}

function worded(notice: Notice, language: Language, publicUrl: string): Wording {
  const { subjects, lines } = catalogues[language];
  const { footer } = lines;
  if (notice.about === 'test')
    return { subject: subjects.test(notice), paragraphs: [lines.test(notice)], link: null, footer };
  if (notice.about === 'approval') {
    const link = { text: lines.approve, url: `${publicUrl}/upkeep/runs/${notice.runId}` };
    return { subject: subjects.approval(notice), paragraphs: [lines.approval(notice)], link, footer };
  }
  if (notice.about === 'decided')
    return { subject: subjects.decided(notice), paragraphs: [lines.decided(notice)], link: null, footer };
  if (notice.about === 'promise' || notice.about === 'mention') return ofTicket(notice, language, publicUrl);
  if (notice.about === 'cover') {
    const link = { text: lines.openRota, url: `${publicUrl}/people/rotas/${notice.rotaId}` };
    const span = coverSpan(notice, language);
    const told = lines.cover[notice.state]({ ...notice, span });
    const note = notice.note === '' ? [] : [lines.coverNote(notice.note)];
    return { subject: subjects.cover[notice.state](notice), paragraphs: [told, ...note], link, footer };
  }
  if (notice.about === 'digest') return wordDigest(notice, language, publicUrl);
  const title = notice.title[language];
  const url = `${publicUrl}/desk/tickets/${notice.ticketId}`;
  const subject = subjects[notice.about]({ number: notice.number, title });
  return { subject, paragraphs: [title, ...story(notice, language)], link: linkOf(notice, language, url), footer };
}

/** What somebody is told of a ticket that is theirs to look at. */
function ofTicket(
  notice: Extract<Notice, { about: 'promise' | 'mention' }>,
  language: Language,
  publicUrl: string,
): Wording {
  const { subjects, lines } = catalogues[language];
  const link = { text: lines.open, url: `${publicUrl}/desk/tickets/${notice.ticketId}` };
  const { footer } = lines;
  if (notice.about === 'mention')
    return { subject: subjects.mention(notice), paragraphs: [lines.mention(notice)], link, footer };
  const told = { ticket: notice.ticket, goal: notice.goal, over: notice.over, at: new Date(notice.dueAt) };
  return {
    subject: subjects.promise({ ...told, name: notice.name[language] }),
    paragraphs: [lines.promise(told)],
    link,
    footer,
  };
}

/** The mail with a link that signs in. */
export function signInWording(url: string, language: Language): Wording {
  const { subjects, lines } = catalogues[language];
  return {
    subject: subjects.signIn,
    paragraphs: [lines.signIn, lines.signInNot],
    link: { text: lines.signInOpen, url },
    footer: lines.footer,
  };
}

/** From when to when, by the clocks of the rota. */
function coverSpan(
  { from, until, timeZone }: Extract<Notice, { about: 'cover' }>,
  language: Language,
): { from: string; until: string } {
  const told = (at: string): string => momentText(new Date(at), language, timeZone);
  return { from: told(from), until: told(until) };
}

/** So many are named; Vigie shows the rest. */
const mostNamed = 50;

function wordDigest(notice: Extract<Notice, { about: 'digest' }>, language: Language, publicUrl: string): Wording {
  const { subjects, lines } = catalogues[language];
  const more = notice.items.length - mostNamed;
  return {
    subject: subjects.digest(notice),
    paragraphs: [
      ...notice.items.slice(0, mostNamed).map(({ subject }) => subject),
      ...(more > 0 ? [lines.digestMore(more)] : []),
    ],
    link: { text: lines.open, url: `${publicUrl}/desk` },
    footer: lines.digest,
  };
}

type OfIncident = Extract<Notice, { number: number }>;

function linkOf({ about }: OfIncident, language: Language, url: string): Wording['link'] {
  const { lines } = catalogues[language];
  return { text: about === 'opened' || about === 'reminder' ? lines.acknowledge : lines.open, url };
}

function story(notice: OfIncident, language: Language): string[] {
  const { lines } = catalogues[language];
  const { number, goodSince, outageSeconds, causeText, remedyText } = notice;
  const since = lines.since(new Date(notice.failingSince));
  const cause = notice.cause === null ? [] : [lines.cause(notice.cause)];
  if (notice.about === 'opened' || notice.about === 'unrouted' || notice.about === 'joined')
    return [lines.opened(notice), since, ...cause];
  if (notice.about === 'acknowledged') return [lines.acknowledged(notice), since, ...cause];
  if (notice.about === 'reminder') return [lines.reminder({ number, seconds: notice.lastsSeconds }), since, ...cause];
  return [
    notice.about === 'solved' ? lines.solved({ number }) : lines.resolved({ number, by: notice.resolvedBy }),
    ...(goodSince === null ? [] : [lines.goodSince(new Date(goodSince))]),
    ...(outageSeconds === null ? [] : [lines.outage(outageSeconds)]),
    ...(causeText === '' ? [] : [lines.causeText(causeText)]),
    ...(remedyText === '' ? [] : [lines.remedyText(remedyText)]),
  ];
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (sign) => escapes[sign] ?? sign);
}

/** A notice as plain text. */
export function asText({ paragraphs, link, footer }: Wording): string {
  const ends = link === null ? [] : [`${link.text}\n${link.url}`];
  return `${[...paragraphs, ...ends, `-- \n${footer}`].join('\n\n')}\n`;
}

/** How a state looks in mail: a coloured edge, so that one sees at a glance whether it fails or is well. */
export type Tone = 'failing' | 'well' | 'plain';
const edges: Readonly<Record<Tone, string>> = { failing: '#c92a2a', well: '#2b8a3e', plain: '#1864ab' };

/** A notice as simple HTML, styled in place as mail programs want it; nothing is fetched from anywhere. */
export function asHtml(
  { subject, paragraphs, link, footer }: Wording,
  language: Language,
  tone: Tone = 'plain',
): string {
  const paragraph = (text: string, place: number): string =>
    `<p style="margin: 0 0 10px${place === 0 ? '; font-size: 18px; font-weight: 600' : ''}">${escapeHtml(text).replaceAll('\n', '<br>')}</p>`;
  const way =
    link === null
      ? ''
      : `<p style="margin: 18px 0 0">${escapeHtml(link.text)}<br><a href="${escapeHtml(link.url)}">${escapeHtml(link.url)}</a></p>`;
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title></head>`,
    '<body style="margin: 0; padding: 24px; font: 15px/1.5 system-ui, sans-serif">',
    `<div style="max-width: 40em; padding: 4px 0 4px 20px; border-left: 5px solid ${edges[tone]}">`,
    ...paragraphs.map(paragraph),
    way,
    '</div>',
    `<p style="margin: 24px 0 0; color: #767676; font-size: 12px">${escapeHtml(footer)}</p></body></html>`,
  ].join('\n');
}

/** Why a notice was held or failed, in the reader's language, with what the other side said. */
export function answerText(reason: string | null, detail: string, language: Language): string {
  const { reasons, answerWith } = catalogues[language];
  const known: Readonly<Record<string, string>> = reasons;
  const said = reason === null ? undefined : known[reason];
  return said === undefined ? detail : answerWith(said, detail);
}

/** Each way to a channel as a path: route › policy, step 2 › rota › person. */
export function waysText(ways: readonly (readonly Way[])[], language: Language): string[] {
  const texts = catalogues[language].ways;
  return ways.map((way) =>
    way
      .map((station) => texts[station.code]({ name: station.name, step: station.step ?? 0, tag: station.tag ?? '' }))
      .join(' › '),
  );
}

/** Whom a route leads to in vain. */
export function missingText({ code, name }: Missing, language: Language): string {
  return catalogues[language].missing[code](name);
}

/** The columns of the log as a table. */
export function csvTitles(language: Language): readonly string[] {
  return catalogues[language].csvTitles;
}
