import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldsOf, formToValue, valueToForm, type FormValues } from './fields.ts';
import { asJsonSchema } from './json-schema.ts';
import { problemsOf, sendable } from './problems.ts';
import { shownFields } from './shown-fields.ts';

const settings = z.object({
  url: z.url(),
  method: z.enum(['GET', 'HEAD']).default('GET'),
  timeoutMs: z.int().min(100).max(60_000).default(10_000),
  ratio: z.number().min(0).max(1).optional(),
  followRedirects: z.boolean().default(true),
  expected: z.array(z.string().max(10)).max(3).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  password: z.string().meta({ secret: true }).optional(),
  tls: z.object({ warnDays: z.int().positive(), name: z.string() }).optional(),
  note: z.string().nullable().optional(),
  anything: z.array(z.object({ a: z.string() })).optional(),
});
const fields = fieldsOf(asJsonSchema(z.toJSONSchema(settings, { io: 'input' })));
const kinds = Object.fromEntries(fields.map((field) => [field.name, field.kind]));

describe('a form made from a schema', () => {
  it('asks for each property in the way that suits it', () => {
    expect(kinds).toEqual({
      url: 'text',
      method: 'choice',
      timeoutMs: 'integer',
      ratio: 'number',
      followRedirects: 'boolean',
      expected: 'list',
      headers: 'pairs',
      password: 'secret',
      tls: 'group',
      note: 'text',
      anything: 'json',
    });
  });

  it('begins with the defaults and sends them back unchanged', () => {
    const values = { ...valueToForm(fields, {}), url: 'https://example.org/' };
    expect(problemsOf(fields, values).size).toBe(0);
    expect(formToValue(fields, values)).toEqual({
      url: 'https://example.org/',
      method: 'GET',
      timeoutMs: 10_000,
      followRedirects: true,
    });
  });

  it('carries a full value there and back', () => {
    const value = {
      url: 'https://example.org/',
      method: 'HEAD',
      timeoutMs: 500,
      ratio: 0.5,
      followRedirects: false,
      expected: ['200', '204'],
      headers: { Accept: 'text/html; q=1', 'X-Time': '12:30' },
      tls: { warnDays: 14, name: 'x' },
      note: 'hello',
      anything: [{ a: 'b' }],
    };
    expect(formToValue(fields, valueToForm(fields, value))).toEqual(value);
  });

  it('keeps a stored secret unless it is replaced', () => {
    const kept = valueToForm(fields, { url: 'https://a/' }, ['password']);
    expect(formToValue(fields, kept)).not.toHaveProperty('password');
    expect(formToValue(fields, { ...kept, password: ' new ' })).toHaveProperty('password', ' new ');
  });

  it('sends what was emptied on purpose, so that the default does not come back', () => {
    const emptiable = fieldsOf(
      asJsonSchema(
        z.toJSONSchema(z.object({ path: z.string().default('/'), warnDays: z.int().nullable().default(21) }), {
          io: 'input',
        }),
      ),
    );
    expect(formToValue(emptiable, { path: '', warnDays: '' })).toEqual({ path: '', warnDays: null });
  });

  it('says what is wrong, where', () => {
    const values = {
      ...valueToForm(fields, {}),
      url: 'nowhere',
      timeoutMs: '12,5',
      ratio: '2',
      expected: 'a\nb\nc\nd',
      headers: 'Accept text',
      'tls.warnDays': '0',
      anything: '[',
    };
    expect(Object.fromEntries(problemsOf(fields, values))).toEqual({
      url: { code: 'notUri' },
      timeoutMs: { code: 'notInteger' },
      ratio: { code: 'tooBig', limit: 1 },
      expected: { code: 'tooMany', limit: 3 },
      headers: { code: 'notPair', limit: 1 },
      'tls.warnDays': { code: 'tooSmall', limit: 1 },
      'tls.name': { code: 'required' },
      anything: { code: 'notJson' },
    });
  });

  it('does not ask for the required fields of an optional group that is left empty', () => {
    const values = { ...valueToForm(fields, {}), url: 'https://a/' };
    expect([...problemsOf(fields, values).keys()]).toEqual([]);
  });
});

describe('a field that is shown only when another says so', () => {
  const conditional = fieldsOf(
    asJsonSchema({
      type: 'object',
      required: ['version', 'community', 'user'],
      properties: {
        version: { type: 'string', enum: ['2c', '3'], default: '2c' },
        community: { type: 'string', showWhen: { version: ['2c'] } },
        user: { type: 'string', showWhen: { version: ['3'] } },
        port: { type: 'integer', maximum: 10, default: 0, showWhen: { user: 'filled', version: ['3'] } },
      },
    }),
  );
  const clean = valueToForm(conditional, {});
  const names = (values: FormValues) => shownFields(conditional, values).map(({ name }) => name);

  it('appears with the choice that needs it', () => {
    expect(names(clean)).toEqual(['version', 'community']);
    expect(names({ ...clean, version: '3' })).toEqual(['version', 'user']);
    expect(names({ ...clean, version: '3', user: 'olga' })).toEqual(['version', 'user', 'port']);
  });

  it('is required only while it is shown', () => {
    expect([...problemsOf(conditional, clean).keys()]).toEqual(['community']);
    expect([...problemsOf(conditional, { ...clean, version: '3' }).keys()]).toEqual(['user']);
  });

  it('keeps what was typed when it is hidden, unless that could not be read', () => {
    const typed = { ...clean, community: 'lab', user: 'olga', port: 'many' };
    expect(formToValue(conditional, sendable(conditional, typed, clean))).toEqual({
      version: '2c',
      community: 'lab',
      user: 'olga',
      port: 0,
    });
  });

  it('counts a secret that the server holds as filled', () => {
    const withKey = fieldsOf(
      asJsonSchema({
        type: 'object',
        properties: {
          key: { type: 'string', secret: true, default: '' },
          passphrase: { type: 'string', showWhen: { key: 'filled' } },
        },
      }),
    );
    expect(shownFields(withKey, valueToForm(withKey, {}, ['key']))).toHaveLength(2);
    expect(shownFields(withKey, valueToForm(withKey, {}))).toHaveLength(1);
  });
});
