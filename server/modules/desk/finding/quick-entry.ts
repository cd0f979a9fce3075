import type { QuickChoice, QuickPart, QuickReading } from '#contract/desk-words.ts';
import type { Language } from '#contract/words.ts';
import { foldText, slips, wordsOf } from './fold-text.ts';

/** Something that a word of the line may mean. `words` are further names by which it goes. */
export interface QuickName {
  readonly field: QuickChoice['field'];
  readonly value: string;
  readonly label: string;
  readonly detail: string;
  readonly words: string;
}

/** Which fields each sign may mean, likeliest first. */
const fieldsOfSign: Readonly<Record<string, readonly QuickChoice['field'][]>> = {
  '@': ['requester'],
  '#': ['category', 'thing', 'team'],
  '>': ['assignee', 'team'],
};

const priorities = [
  { value: 'critical', words: ['1', 'critical', 'critique', '!'], label: { en: 'Critical', fr: 'Critique' } },
  { value: 'high', words: ['2', 'high', 'haute', 'urgent'], label: { en: 'High', fr: 'Haute' } },
  { value: 'normal', words: ['3', 'normal', 'normale'], label: { en: 'Normal', fr: 'Normale' } },
  { value: 'low', words: ['4', 'low', 'basse', 'faible'], label: { en: 'Low', fr: 'Basse' } },
] as const;

const kinds = [
  { value: 'incident', words: ['inc', 'incident', 'panne'], label: { en: 'Incident', fr: 'Incident' } },
  { value: 'request', words: ['req', 'request', 'dem', 'demande'], label: { en: 'Request', fr: 'Demande de service' } },
  { value: 'problem', words: ['pb', 'problem', 'probleme'], label: { en: 'Problem', fr: 'Problème' } },
  { value: 'change', words: ['chg', 'change', 'changement'], label: { en: 'Change', fr: 'Changement' } },
] as const;

/** Words of the telephone, written out in the title. */
const shorthand: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  fr: {
    imp: 'imprimante',
    hs: 'hors service',
    mdp: 'mot de passe',
    pb: 'problème',
    tel: 'téléphone',
    ordi: 'ordinateur',
    appli: 'application',
    rdv: 'rendez-vous',
    cnx: 'connexion',
    '3e': '3e étage',
  },
  en: {
    imp: 'printer',
    hs: 'out of order',
    ooo: 'out of order',
    pwd: 'password',
    mdp: 'password',
    pb: 'problem',
    tel: 'telephone',
    app: 'application',
    cnx: 'connection',
  },
};

const asks =
  /^(?:besoin|demande|installer|installation|nouveau|nouvelle|creer|need|needs|request|install|new|create|order)$/u;

/** How well what was typed names something: 1 is exact, 0 is not at all. Every typed word has to fit a word of it. */
export function fit(typed: readonly string[], name: readonly string[]): number {
  if (typed.length === 0 || name.length === 0) return 0;
  let sum = 0;
  for (const word of typed) {
    const best = Math.max(...name.map((one) => fitWord(word, one)));
    if (best === 0) return 0;
    sum += best;
  }
  // Of two that fit as well, the one of which more was typed is meant.
  return (sum / typed.length) * (0.9 + 0.1 * Math.min(1, typed.length / name.length));
}

function fitWord(typed: string, name: string): number {
  if (typed === name) return 1;
  if (typed.length >= 2 && name.startsWith(typed)) return 0.75 + 0.2 * (typed.length / name.length);
  const most = typed.length >= 8 ? 2 : typed.length >= 4 ? 1 : 0;
  if (most === 0) return 0;
  // What is still being typed is compared with as much of the name.
  const [whole, begun] = [slips(typed, name, most), slips(typed, name.slice(0, typed.length), most)];
  if (whole <= most) return 0.8 - 0.12 * whole;
  return begun <= most ? 0.66 - 0.12 * begun : 0;
}

const mostChoices = 6;
const leastScore = 0.5;

function choicesFor(typed: readonly string[], names: readonly QuickName[]): QuickChoice[] {
  return names
    .map(({ field, value, label, detail, words }) => ({
      field,
      value,
      label,
      detail,
      score: Math.max(fit(typed, wordsOf(label)), 0.95 * fit(typed, wordsOf(words))),
    }))
    .filter(({ score }) => score >= leastScore)
    .toSorted((a, b) => b.score - a.score || (a.label < b.label ? -1 : 1))
    .slice(0, mostChoices);
}

interface Token {
  readonly from: number;
  readonly to: number;
  readonly sign: string;
  readonly body: string;
}

function tokensOf(line: string): Token[] {
  return [...line.matchAll(/\S+/gu)].map(({ 0: typed, index }) => {
    const sign = /^[@#!>/](?=\S)/u.exec(typed)?.[0] ?? '';
    return { from: index, to: index + typed.length, sign, body: typed.slice(sign.length) };
  });
}

function partOf({ from, to }: { from: number; to: number }, line: string, choices: QuickChoice[]): QuickPart {
  return { from, to, typed: line.slice(from, to), chosen: choices.length > 0 ? 0 : null, choices };
}

function wordChoice(
  field: 'priority' | 'kind',
  table: typeof priorities | typeof kinds,
  body: string,
  language: Language,
): QuickChoice[] {
  const typed = foldText(body);
  return table
    .filter(({ words }) => words.some((word) => word === typed || (typed.length >= 3 && word.startsWith(typed))))
    .map(({ value, label }) => ({ field, value, label: label[language], detail: '', score: 1 }));
}

/** What a word with a sign means. */
function signed(token: Token, line: string, names: readonly QuickName[], language: Language): QuickPart {
  const { sign, body } = token;
  if (sign === '!') return partOf(token, line, wordChoice('priority', priorities, body, language));
  if (sign === '/') return partOf(token, line, wordChoice('kind', kinds, body, language));
  const fields = fieldsOfSign[sign] ?? [];
  // Between two that fit about as well, the one is meant for which the sign is there first.
  const choices = fields
    .flatMap((wanted, later) =>
      choicesFor(
        wordsOf(body),
        names.filter(({ field }) => field === wanted),
      ).map((choice) => ({ ...choice, score: choice.score - 0.1 * later })),
    )
    .toSorted((a, b) => b.score - a.score)
    .slice(0, mostChoices);
  const tag = foldText(body);
  // What no category, thing or team is called is a tag.
  if (sign === '#' && /^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,39}$/u.test(tag))
    choices.push({ field: 'tag', value: tag, label: tag, detail: '', score: 0.3 });
  return partOf(token, line, choices);
}

const longestRun = 3;

/** Things of the estate that plain words name: the longest run of words that fits, such as `imp 3e` for imp-3e-01. */
function thingsIn(tokens: readonly Token[], line: string, names: readonly QuickName[]): QuickPart | null {
  const things = names.filter(({ field }) => field === 'thing');
  let best: { part: QuickPart; score: number } | null = null;
  for (const [index, first] of tokens.entries()) {
    for (let count = 1; count <= longestRun && index + count <= tokens.length; count++) {
      const run = tokens.slice(index, index + count);
      if (run.some(({ sign }) => sign !== '')) break;
      const typed = run.flatMap(({ body }) => wordsOf(body));
      // One short common word says too little.
      if (typed.join('').length < 3 || (typed.length === 1 && (typed[0]?.length ?? 0) < 3)) continue;
      const choices = choicesFor(typed, things).filter(({ score, label }) => certain(typed, score, label));
      const score = (choices[0]?.score ?? 0) + 0.2 * typed.length;
      if (choices.length > 0 && (best === null || score > best.score))
        best = { part: partOf({ from: first.from, to: run.at(-1)?.to ?? first.to }, line, choices), score };
    }
  }
  return best?.part ?? null;
}

/** Plain words name a thing only where they cannot be meant otherwise: nearly all of its name, or two words of it. */
function certain(typed: readonly string[], score: number, label: string): boolean {
  const name = wordsOf(label);
  if (typed.length >= 2) return score >= 0.85;
  return score >= 0.9 && typed.join('').length >= 0.4 * name.join('').length;
}

function titleOf(line: string, parts: readonly QuickPart[], tokens: readonly Token[], language: Language): string {
  const meant = new Set(parts.filter((part) => part.choices.length > 0).map(({ from }) => from));
  const words = tokens
    .filter(({ sign, from }) => sign === '' || !meant.has(from))
    .map(({ from, to }) => line.slice(from, to))
    .map((word) => {
      const folded = foldText(word);
      return Object.hasOwn(shorthand[language], folded) ? (shorthand[language][folded] ?? word) : word;
    });
  const title = words.join(' ').slice(0, 300).toWellFormed();
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/**
 * What a line typed while somebody is on the telephone means: `imp 3e HS @dupont !2 #compta`. `@` names the requester, `!`
 * the priority from 1 to 4, `#` a category, a place, a team or else a tag, `>` who gets it, `/` the kind; plain words may
 * name a thing of the estate, and make the title. Accents, case and slips are forgiven; what may mean several things is
 * offered as choices, the likeliest first.
 */
export function readQuick(line: string, names: readonly QuickName[], language: Language): QuickReading {
  const tokens = tokensOf(line);
  const parts = tokens.filter(({ sign }) => sign !== '').map((token) => signed(token, line, names, language));
  const thing = thingsIn(tokens, line, names);
  const all = thing === null ? parts : [...parts, thing];
  const asked = tokens.find(({ sign, body }) => sign === '' && asks.test(foldText(body)));
  if (asked !== undefined && !all.some(({ choices }) => choices[0]?.field === 'kind') && asked.from !== thing?.from)
    all.push({
      ...partOf(asked, line, [
        { field: 'kind', value: 'request', label: kinds[1].label[language], detail: '', score: 0.6 },
      ]),
    });
  return { title: titleOf(line, parts, tokens, language), parts: all.toSorted((a, b) => a.from - b.from) };
}
