import { createServer } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { closedPort, listen, loopbackServer } from '#probe/testing/loopback-server.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { kinds } from '../kinds.ts';
import { parseSteps } from './parse-steps.ts';

/** A small site with a sign-in form, a token against forgery, and an API. */
const site = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    const signedIn = request.headers.cookie?.includes('session=s1') === true;
    switch (`${request.method ?? ''} ${request.url ?? ''}`) {
      case 'POST /login':
        if (new URLSearchParams(body).get('password') === 'p&ss "1"')
          response
            .writeHead(302, {
              location: '/account',
              'set-cookie': ['session=s1; Path=/; HttpOnly', 'gone=1; Max-Age=0'],
            })
            .end();
        else response.writeHead(401).end(`wrong: ${body}`);
        break;
      case 'GET /account':
        response.writeHead(signedIn ? 200 : 403).end('Welcome <input name="csrf" value="t-7">');
        break;
      case 'POST /logout':
        response.writeHead(body === 'csrf=t-7' && signedIn ? 200 : 400).end();
        break;
      case 'POST /api/token':
        response.end(JSON.stringify({ token: 'a"b\r\nX: y', got: JSON.parse(body) as unknown }));
        break;
      case 'GET /api/me':
        response.end(JSON.stringify({ token: request.headers.authorization, x: request.headers['x'] ?? null, n: 3 }));
        break;
      default:
        response.writeHead(404).end();
    }
  });
});
const port = await listen(site);
afterAll(() => site.close());

const run = (steps: string, more: Record<string, unknown> = {}) =>
  runOnce('http-steps', { scheme: 'http', port, steps, user: 'u', password: 'p&ss "1"', ...more });

const look = (line: string) => run(`GET /api/me\nHTTP\n${line}`);

const visit = `# Sign in
POST /login
[Form]
user: {{user}}
password: {{password}}
[Options]
location: true
HTTP 200
[Asserts]
body contains "Welcome"
# Look
GET /account
HTTP 200
[Captures]
token: regex "name=\\"csrf\\" value=\\"([^\\"]+)\\""
# Sign out
POST /logout
[Form]
csrf: {{token}}
HTTP 200
`;

describe('a scenario', () => {
  test('keeps cookies and values, and times each step', async () => {
    const result = await run(visit);
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'wentThrough', data: { count: 3 } } });
    expect(result.metrics.map(({ name }) => name)).toEqual([
      'step:1 Sign in',
      'step:2 Look',
      'step:3 Sign out',
      'total',
    ]);
  });

  test('says which step fails, and hides the password in what it shows', async () => {
    const result = await run(visit, { password: 'wrongword' });
    expect(result).toMatchObject({
      verdict: 'down',
      reason: { code: 'stepFailed', data: { step: 1, stepName: 'Sign in', fault: 'otherStatus', status: 401 } },
    });
    expect(result.output).not.toContain('wrongword');
    expect(kinds.get('http-steps')?.tell(result.reason, 'fr')).toBe(
      'Étape 1 (Sign in)\u00a0: répond 401 au lieu de 200.',
    );
  });

  test('takes values from JSON that cannot break out of where they are put', async () => {
    const steps = `POST /api/token
{"user": "{{user}}"}
HTTP 200
[Captures]
token: jsonpath "$.token"
[Asserts]
jsonpath "$.got.user" == "u"
GET /api/me
Authorization: Bearer {{token}}
HTTP 200
[Asserts]
jsonpath "$.token" == "Bearer a\\"bX: y"
jsonpath "$.x" == null
jsonpath "$.n" > 2
jsonpath "$.nothing" not exists
duration < 60000
`;
    expect(await run(steps)).toMatchObject({ verdict: 'up' });
  });

  test('fails by an assertion and by a value that is not there', async () => {
    expect((await look('[Asserts]\njsonpath "$.n" == 4')).reason.data).toMatchObject({
      fault: 'assertionFails',
      found: '3',
    });
    expect((await look('[Asserts]\nheader "Nothing" exists')).reason.data['fault']).toBe('nothingFound');
    expect((await look('[Captures]\na: jsonpath "$.none"')).reason.data['fault']).toBe('captureMissing');
  });

  test('says why a step was not answered', async () => {
    const refused = await runOnce('http-steps', { scheme: 'http', port: await closedPort() });
    expect(refused).toMatchObject({ verdict: 'down', reason: { data: { fault: 'refused', step: 1 } } });
    await using server = await loopbackServer((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\nx'));
    const settings = { scheme: 'http', port: server.port };
    const slow = await runOnce('http-steps', settings, '127.0.0.1', { timeoutMs: 200 });
    expect(slow).toMatchObject({ verdict: 'down', reason: { data: { fault: 'bodyUnfinished' } } });
  });

  test('does not lead to an address that is not allowed', async () => {
    const settings = { scheme: 'http', port, steps: 'GET http://169.254.169.254/\nHTTP 200' };
    const result = await runOnce('http-steps', settings, '127.0.0.1', {
      mayReach: (address) => address === '127.0.0.1',
    });
    expect(result).toMatchObject({ verdict: 'unknown', reason: { data: { fault: 'addressForbidden' } } });
  });
});

test.each([
  ['nothing', ''],
  ['no answer line', 'GET /'],
  ['a name that nothing took', 'GET /{{token}}\nHTTP 200'],
  ['an unknown section', 'GET /\nHTTP 200\n[Cookies]\na: b'],
  ['a bad pattern', 'GET /\nHTTP 200\n[Captures]\na: regex "("'],
  ['a strange method', 'BREW /\nHTTP 200'],
])('a scenario with %s is refused', (_what, text) => {
  expect(parseSteps(text)).toHaveProperty('line');
});
