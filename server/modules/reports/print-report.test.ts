import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Language } from '#contract/words.ts';
import { materialSample } from './material-sample.ts';
import type { ReportMaterial } from './needs.ts';
import { printReport } from './print-report.ts';
import { tellingIn } from './telling.ts';
import { writeReport } from './write-report.ts';

const madeAt = new Date('2026-11-22T13:15:00Z');

function print(material: ReportMaterial, language: Language = 'fr', zone = 'Europe/Paris'): Promise<Buffer> {
  const telling = tellingIn(language, zone);
  return printReport(writeReport(material, telling, madeAt), telling);
}

function poppler(program: 'pdftotext' | 'pdfinfo' | 'pdffonts', words: readonly string[], pdf: Buffer): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'vigie-report-'));
  try {
    const file = path.join(folder, 'report.pdf');
    writeFileSync(file, pdf);
    const ran = spawnSync(program, [...words, file, ...(program === 'pdftotext' ? ['-'] : [])], { encoding: 'utf8' });
    if (ran.status !== 0) throw new Error(`${program}: ${ran.stderr}`);
    return ran.stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The text as a reader copies it, on one line and with ordinary spaces. */
async function readBack(material: ReportMaterial, language: Language = 'fr', zone = 'Europe/Paris'): Promise<string> {
  const text = poppler('pdftotext', ['-layout'], await print(material, language, zone));
  return text.replaceAll(/[\s\u00A0\u202F\u200B]+/gu, ' ');
}

function withTicket(over: Partial<ReportMaterial['ticket']>): ReportMaterial {
  return { ...materialSample, ticket: { ...materialSample.ticket, ...over } };
}

const someEvent: ReportMaterial['ticket']['events'][number] = {
  id: materialSample.ticket.id,
  at: '2026-11-22T13:05:19Z',
  who: { kind: 'vigie', id: null, name: 'Vigie' },
  kind: 'comment',
  text: '',
  runId: null,
};

describe('the printed report', () => {
  it('reads back in French, with its typography', async () => {
    const text = await readBack(materialSample);
    for (const said of [
      'Rapport de résolution',
      'Incident 42 – web-01 est en panne',
      'web-01 est tombé en panne le 22 novembre 2026 à 14 h 05 ; 2 contrôles l’ont signalé.',
      'La panne a duré 4 min 12 s, jusqu’au 22 novembre 2026 à 14 h 09',
      'La procédure « Redémarrer nginx » a été exécutée sur web-01 : réussie en 14 s.',
      '22 nov. 2026, 14:05:19',
      'Europe/Paris (UTC+1)',
      'Zoé Châtelain, Łukasz Żółć, Noël Çelik',
      'Niveau de service',
      'Ce qui n’a pas compté',
      'manquée de',
      'en attente d',
      'Page 1 sur',
    ])
      expect(text).toContain(said);
    const { summary } = writeReport(materialSample, tellingIn('fr', 'Europe/Paris'), madeAt);
    expect(summary[0]).toContain('14\u00A0h\u00A005\u00A0;');
    expect(summary[2]).toContain('«\u00A0Redémarrer nginx\u00A0»');
  });

  it('reads back in English, in another time zone', async () => {
    const text = await readBack(materialSample, 'en', 'America/Montreal');
    for (const said of [
      'Resolution report',
      'web-01 failed on 22 November 2026 at 08:05; 2 checks noticed it.',
      'The outage lasted 4 min 12 s, until 22 November 2026 at 08:09',
      'The runbook “Redémarrer nginx” was run on web-01: succeeded after 14 s.',
      'America/Montreal (UTC−5)',
      'Page 1 of 2',
    ])
      expect(text).toContain(said);
  });

  it('says what it is: title, author, language', async () => {
    const pdf = await print(materialSample);
    const info = poppler('pdfinfo', [], pdf);
    expect(info).toMatch(/Title:\s+Incident 42 – web-01 est en panne/u);
    expect(info).toMatch(/Author:\s+Vigie/u);
    expect(info).toMatch(/Page size:\s+595\.28 x 841\.89 pts \(A4\)/u);
    expect(pdf.toString('latin1')).toContain('/Lang (fr)');
    expect(
      poppler('pdffonts', [], pdf)
        .split('\n')
        .slice(2, -1)
        .every((line) => /\byes yes yes\b/u.test(line)),
    ).toBe(true);
  });

  it('is the same, byte by byte, when made again', async () => {
    expect((await print(materialSample)).equals(await print(materialSample))).toBe(true);
  });

  it('tells a story of 500 events on numbered pages, every event once', async () => {
    const events = Array.from({ length: 500 }, (_, at) => ({
      ...someEvent,
      at: new Date(Date.parse('2026-11-22T13:05:19Z') + at * 7_000).toISOString(),
      text: `Événement n° ${at + 1} : ${'le contrôle répond de nouveau, puis plus. '.repeat(at % 4)}fin-${at + 1}.`,
    }));
    const text = await readBack(withTicket({ events }));
    for (let at = 1; at <= 500; at += 1) expect(text.split(`fin-${at}.`)).toHaveLength(2);
    const pages = Number(/Page 1 sur (?<pages>\d+)/u.exec(text)?.groups?.['pages']);
    expect(pages).toBeGreaterThan(10);
    expect(text).toContain(`Page ${pages} sur ${pages}`);
  });

  it('carries a comment of 20,000 characters over pages without losing a word', async () => {
    const words = Array.from({ length: 2_500 }, (_, at) => `mot${at}`);
    const event = { ...someEvent, text: words.join(' ') };
    const found = new Set((await readBack(withTicket({ events: [event] }))).match(/mot\d+/gu));
    expect(found.size).toBe(words.length);
  });

  it('says what is not known when parts are empty', async () => {
    const empty: ReportMaterial = {
      ...withTicket({
        cause: null,
        events: [],
        alerts: [],
        causeText: '',
        remedyText: ' ',
        acknowledgedAt: null,
        acknowledgedBy: null,
        goodSince: null,
        outageSeconds: null,
        resolvedAt: null,
        resolvedBy: null,
        state: 'open',
      }),
      runs: [],
      impact: null,
      measured: null,
      goodResults: new Map(),
    };
    const text = await readBack(empty);
    expect(text).toContain('Une panne a commencé le 22 novembre 2026 à 14 h 05. Elle n’est pas terminée.');
    expect(text).toContain('Non renseigné.');
    expect(text).toContain('Aucune procédure n’a été exécutée.');
  });

  it('stands hostile text: endless words, control characters, text from right to left, what no font has', async () => {
    const endless = 'W'.repeat(900);
    const texts = [
      endless,
      'a\u0007b\u001B[31mrouge\u0000\uD800fin',
      '\u202Eexe.gpj\u202C facture',
      'שלום עולם et مرحبا',
      '漢字 😀👩‍💻 e\u0301té',
      '<script>alert(1)</script> & {{x}} %n',
    ];
    const events = texts.map((text, at) => ({
      ...someEvent,
      text,
      who: { ...someEvent.who, name: at === 0 ? endless.slice(0, 200) : 'Vigie' },
    }));
    const text = await readBack(
      withTicket({ events, title: endless.slice(0, 300), causeText: endless, remedyText: texts.join('\n') }),
    );
    expect(text.match(/W/gu)?.length).toBeGreaterThanOrEqual(900 + 900 + 900 + 300 + 200);
    expect(text).toContain('ab[31mrouge');
    expect(text).toContain('exe.gpj facture');
    expect(text).toContain('<script>alert(1)</script> & {{x}} %n');
    expect(text).toContain('été');
    expect(text).toMatch(/[\u0590-\u05FF]/u);
    expect(text).toMatch(/[\u0600-\u06FF\uFB50-\uFEFF]/u);
    expect(text).toContain('□□');
  });
});
