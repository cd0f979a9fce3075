import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Notice } from './notice.ts';
import { answerText, asHtml, asText, wordNotice } from './wording.ts';

const incident = {
  number: 12,
  ticketId: '019a0000-0000-7000-8000-000000000012',
  title: { en: 'web-1: connection refused', fr: 'web-1\u00A0: connexion refusée' },
  priority: 'high',
  cause: 'web-1',
  failingSince: '2026-11-20T08:00:00.000Z',
  goodSince: null,
  outageSeconds: null,
  causeText: '',
  remedyText: '',
  resolvedBy: '',
};
const solved: Notice = { about: 'solved', ...incident, goodSince: '2026-11-20T08:04:12.000Z', outageSeconds: 252 };

describe('a notice', () => {
  it('says in its subject which incident it is about', () => {
    expect(wordNotice({ about: 'opened', ...incident }, 'en', 'https://v.test').subject).toBe(
      '[Vigie #12] web-1: connection refused',
    );
    expect(wordNotice(solved, 'fr', 'https://v.test').subject).toBe(
      '[Vigie #12] Rétabli\u00A0: web-1\u00A0: connexion refusée',
    );
  });

  it('leads to the page where its reader goes on', () => {
    const text = asText(wordNotice({ about: 'opened', ...incident }, 'fr', 'https://v.test'));
    expect(text).toContain(`https://v.test/desk/tickets/${incident.ticketId}`);
    expect(text).toContain('de priorité haute');
  });

  it('tells the measured outage at the end', () => {
    expect(asText(wordNotice(solved, 'en', ''))).toContain('Measured outage: 4\u00A0min 12\u00A0s.');
    expect(asText(wordNotice(solved, 'fr', ''))).toContain('Panne mesurée\u00A0: 4\u00A0min 12\u00A0s.');
  });

  it('never lets what is named in it become markup', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('<script>', '"><img src=x onerror=1>', '&amp;', "'"), (name, evil) => {
        const title = `${name}${evil}`;
        const html = asHtml(
          wordNotice({ about: 'opened', ...incident, title: { en: title, fr: title } }, 'en', ''),
          'en',
        );
        const tags = new Set([...html.matchAll(/<\/?(?<tag>[a-z!]+)/giu)].map(({ groups }) => groups?.['tag']));
        expect(
          [...tags].filter((tag) => !/^(?:!doctype|html|head|meta|title|body|div|p|br|a)$/u.test(tag ?? '')),
        ).toEqual([]);
      }),
    );
  });
});

describe('a delivery’s answer', () => {
  it('is the other side’s own words, or our reason, or both', () => {
    expect(answerText(null, '250 2.0.0 Ok: queued', 'fr')).toBe('250 2.0.0 Ok: queued');
    expect(answerText('silenced', '', 'fr')).toBe('Retenu\u00A0: l’incident est en sourdine.');
    expect(answerText('unreachable', 'ECONNREFUSED', 'en')).toBe('The server could not be reached. (ECONNREFUSED)');
  });
});
