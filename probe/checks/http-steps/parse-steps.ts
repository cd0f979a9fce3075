import { isHeaderLine } from '#probe/web/headers-setting.ts';
import { readCapture, type Capture } from './captures.ts';
import { readAssertion, type Assertion } from './assertions.ts';

/** One request of a scenario with what is asked of its answer. */
export interface Step {
  /** The comment above it, else its method and address. */
  readonly name: string;
  readonly method: string;
  /** A path of the target, or a whole URL. */
  readonly link: string;
  readonly headers: readonly string[];
  readonly form: readonly (readonly [string, string])[];
  readonly body: string;
  /** `200-299,401`; empty takes anything below 400. */
  readonly expectStatus: string;
  readonly follows: boolean;
  readonly captures: readonly Capture[];
  readonly assertions: readonly Assertion[];
}

/** A line that cannot be read. */
export interface StepFault {
  readonly line: number;
}

type Draft = {
  -readonly [Field in keyof Step]: Step[Field] extends readonly (infer Item)[] ? Item[] : Step[Field];
};

const requestLine = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)[ \t]+((?:\/|https?:\/\/|\{\{)[^\s]{0,2000})$/u;
const responseLine = /^HTTP(?:\/[\d.]+)?(?:[ \t]+(\*|\d{3}(?:-\d{3})?(?:,\d{3}(?:-\d{3})?)*))?$/u;
const sectionLine = /^\[(Captures|Asserts|Options|Form|FormParams)\]$/u;
const stepsLimit = 20;

/**
 * Reads a scenario written as Hurl writes it (hurl.dev), the part of it that a check needs: request line, headers, form
 * or body, `HTTP 200`, [Captures], [Asserts] and the option `location`. Returns the first line that is not understood.
 */
export function parseSteps(text: string): readonly Step[] | StepFault {
  const reading: Reading = { steps: [], place: 'between', comment: '' };
  const lines = text.split(/\r?\n/u);
  for (const [index, raw] of lines.entries()) {
    const { place } = reading;
    const understood =
      place === 'body' ? readBodyLine(reading, raw) : readOpening(reading, raw) || readInside(reading, raw);
    if (!understood) return { line: index + 1 };
  }
  const { steps, place } = reading;
  const unfinished = asking.has(place);
  if (steps.length === 0 || steps.length > stepsLimit || unfinished) return { line: lines.length };
  return firstStranger(steps) ?? steps.map((step) => ({ ...step, body: step.body.trim() }));
}

type Place = 'between' | 'headers' | 'body' | 'answer' | 'Form' | 'Options' | 'Captures' | 'Asserts';

interface Reading {
  readonly steps: Draft[];
  place: Place;
  comment: string;
}

// Places within a request, whose answer line has still to come.
const asking: ReadonlySet<Place> = new Set(['headers', 'body', 'Form', 'Options']);

function readBodyLine(reading: Reading, raw: string): boolean {
  if (readAnswerLine(reading, raw.trim()) || readSectionLine(reading, raw.trim())) return true;
  const step = reading.steps.at(-1);
  if (step !== undefined) step.body += step.body === '' ? raw : `\n${raw}`;
  return true;
}

/** A line that begins something: a request, an answer, a section, a name. */
function readOpening(reading: Reading, raw: string): boolean {
  const line = raw.trim();
  if (line.startsWith('#')) {
    reading.comment = line.slice(1).trim().slice(0, 60);
    return true;
  }
  const request = requestLine.exec(line);
  if (request === null || asking.has(reading.place))
    return readAnswerLine(reading, line) || readSectionLine(reading, line);
  const [, method = '', link = ''] = request;
  reading.steps.push(draft(reading.comment === '' ? `${method} ${link}` : reading.comment, method, link));
  reading.comment = '';
  reading.place = 'headers';
  return true;
}

function readAnswerLine(reading: Reading, line: string): boolean {
  const answer = responseLine.exec(line);
  const step = reading.steps.at(-1);
  if (answer === null || step === undefined || !asking.has(reading.place)) return false;
  step.expectStatus = answer[1] === '*' ? '100-599' : (answer[1] ?? '');
  reading.place = 'answer';
  return true;
}

function readSectionLine(reading: Reading, line: string): boolean {
  const section = sectionLine.exec(line)?.[1];
  if (section === undefined || reading.place === 'between') return false;
  reading.place = placeOf(section);
  return true;
}

function readInside(reading: Reading, raw: string): boolean {
  const line = raw.trim();
  const step = reading.steps.at(-1);
  if (step === undefined) return line === '';
  if (reading.place !== 'headers') return line === '' || addLine(step, reading.place, line);
  if (isHeaderLine(line)) step.headers.push(line);
  else {
    reading.place = 'body';
    step.body = line === '' ? '' : raw;
  }
  return true;
}

function placeOf(section: string): 'Form' | 'Options' | 'Captures' | 'Asserts' {
  return section === 'Captures' || section === 'Asserts' || section === 'Options' ? section : 'Form';
}

function draft(name: string, method: string, link: string): Draft {
  return {
    name: name.slice(0, 60),
    method,
    link,
    headers: [],
    form: [],
    body: '',
    expectStatus: '',
    follows: false,
    captures: [],
    assertions: [],
  };
}

/** Adds a line to the section it stands in; false when it does not belong there. */
function addLine(step: Draft, place: Place, line: string): boolean {
  switch (place) {
    case 'Form': {
      const colon = line.indexOf(':');
      if (colon > 0) step.form.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
      return colon > 0;
    }
    case 'Options':
      step.follows = line === 'location: true';
      return step.follows || line === 'location: false';
    case 'Captures': {
      const capture = readCapture(line);
      if (capture !== undefined) step.captures.push(capture);
      return capture !== undefined;
    }
    case 'Asserts': {
      const assertion = readAssertion(line);
      if (assertion !== undefined) step.assertions.push(assertion);
      return assertion !== undefined;
    }
    default:
      return false;
  }
}

/** Names that every scenario may use: they come from the settings. */
export const givenNames = ['user', 'password', 'secret'] as const;

/** The first step that uses a name which nothing before it took; a wrong name is better told at once than at night. */
function firstStranger(steps: readonly Draft[]): StepFault | undefined {
  const known = new Set<string>(givenNames);
  for (const [index, step] of steps.entries()) {
    const texts = [step.link, step.body, ...step.headers, ...step.form.map(([, value]) => value)];
    for (const [, name = ''] of texts.join('\n').matchAll(/\{\{\s*(\w+)\s*\}\}/gu))
      if (!known.has(name)) return { line: index + 1 };
    for (const { name } of step.captures) known.add(name);
  }
  return undefined;
}
