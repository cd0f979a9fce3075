import type { Language } from '#contract/words.ts';
import * as en from '#texts/en/notify.ts';
import * as fr from '#texts/fr/notify.ts';
import type { Notice } from './notice.ts';

/** A notice in words: a subject, paragraphs, and the page where its reader goes on. */
export interface Wording {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly link: { readonly text: string; readonly url: string } | null;
  readonly footer: string;
}

const catalogues: Readonly<Record<Language, typeof en>> = { en, fr };

/** Words a notice. The addresses are those of web/paths.ts. */
export function wordNotice(notice: Notice, language: Language, publicUrl: string): Wording {
  const { subjects, lines } = catalogues[language];
  const { footer } = lines;
  if (notice.about === 'test')
    return { subject: subjects.test(notice), paragraphs: [lines.test(notice)], link: null, footer };
  if (notice.about === 'approval') {
    const link = { text: lines.approve, url: `${publicUrl}/upkeep/runs/${notice.runId}` };
    return { subject: subjects.approval(notice), paragraphs: [lines.approval(notice)], link, footer };
  }
  const title = notice.title[language];
  const url = `${publicUrl}/desk/tickets/${notice.ticketId}`;
  const subject = subjects[notice.about]({ number: notice.number, title });
  return { subject, paragraphs: [title, ...story(notice, language)], link: linkOf(notice, language, url), footer };
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
  if (notice.about === 'opened') return [lines.opened(notice), since, ...cause];
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

/** A notice as simple HTML: paragraphs and one link, nothing fetched from anywhere. */
export function asHtml({ subject, paragraphs, link, footer }: Wording, language: Language): string {
  const paragraph = (text: string): string => `<p>${escapeHtml(text).replaceAll('\n', '<br>')}</p>`;
  const way =
    link === null
      ? ''
      : `<p>${escapeHtml(link.text)}<br><a href="${escapeHtml(link.url)}">${escapeHtml(link.url)}</a></p>`;
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>`,
    '<body style="font-family: sans-serif; line-height: 1.5; max-width: 40em">',
    ...paragraphs.map(paragraph),
    way,
    `<p style="color: #666; font-size: 85%">${escapeHtml(footer)}</p></body></html>`,
  ].join('\n');
}

/** Why a notice was held or failed, in the reader's language, with what the other side said. */
export function answerText(reason: string | null, detail: string, language: Language): string {
  const { reasons, answerWith } = catalogues[language];
  const known: Readonly<Record<string, string>> = reasons;
  const said = reason === null ? undefined : known[reason];
  return said === undefined ? detail : answerWith(said, detail);
}
