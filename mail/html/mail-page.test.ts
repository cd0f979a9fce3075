import { describe, expect, test } from 'vitest';
import { message, multipart } from '../testing/messages.ts';
import { mailPage, type MailPageWish } from './mail-page.ts';

const usual: MailPageWish = {
  language: 'en',
  title: 'A mail',
  remoteImages: false,
  folded: false,
  dark: false,
  imageOf: () => null,
};

function pageOf(html: string, wish: Partial<MailPageWish> = {}) {
  const read = message({ 'Content-Type': 'text/html; charset=utf-8' }, html);
  const page = mailPage(read.html ?? '', { ...usual, ...wish });
  return { ...page, body: /<body>(?<body>.*)<\/body>/su.exec(page.html)?.groups?.['body']?.trim() ?? '' };
}

/** Whatever could run, load, send or lead astray, by the ways in which attacks on web mail have come. */
const attacks: readonly (readonly [string, string])[] = [
  ['a script', '<script>alert(1)</script>'],
  ['a script that a filter puts together', '<scr<script>ipt>alert(1)</scr</script>ipt>'],
  ['a script behind a comment', '<!--<script>--><script>alert(1)</script>'],
  ['a conditional comment', '<!--[if IE]><script>alert(1)</script><![endif]-->'],
  ['an event handler', '<p onmouseover="alert(1)" onclick=alert(1)>x</p>'],
  ['an event handler behind a slash', '<img/onerror=alert(1)/src=x>'],
  ['an event handler in a broken attribute', '<img src="x` `<script>alert(1)</script>"` onerror=alert(1)>'],
  ['an address that is a program', '<a href="&#106;avascript:alert(1)">x</a>'],
  ['an address with a tab', '<a href="jav\tascript:alert(1)">x</a>'],
  ['an old address that is a program', '<a href="vbscript:msgbox(1)">x</a>'],
  ['a page in an address', '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>'],
  ['a drawing that runs', '<svg onload="alert(1)"><animate onbegin=alert(1) attributeName=x></svg>'],
  ['a drawing in a source', '<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+">'],
  [
    'a drawing that uses another',
    '<svg><use href="https://evil.example/x.svg#a"></use><image href="https://evil.example/p"/></svg>',
  ],
  [
    'a formula around a style',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  ],
  [
    'a style',
    '<style>body{background:url(https://evil.example/p)}</style><p style="background:url(https://evil.example/p)">x</p>',
  ],
  ['a style that imports', '<style>@import url(https://evil.example/s.css)</style>'],
  [
    'a background',
    '<table background="https://evil.example/p"><tr><td background="https://evil.example/p">x</td></tr></table>',
  ],
  [
    'a style sheet and a hint to fetch',
    '<link rel=stylesheet href="https://evil.example/s"><link rel=prefetch href="https://evil.example/p">',
  ],
  ['a turn to another page', '<meta http-equiv="refresh" content="0;url=https://evil.example/">'],
  ['another base', '<base href="https://evil.example/"><a href="login">x</a>'],
  [
    'a form',
    '<form action="https://evil.example/"><input type=password name=p><button formaction="https://evil.example/">x</button></form>',
  ],
  ['a frame', '<iframe src="https://evil.example/" srcdoc="<script>alert(1)</script>"></iframe>'],
  ['an object', '<object data="https://evil.example/x"></object><embed src="https://evil.example/x"><applet code=x>'],
  [
    'a sound and a film',
    '<audio src="https://evil.example/a" autoplay></audio><video poster="https://evil.example/p"></video>',
  ],
  [
    'many sources',
    '<picture><source srcset="https://evil.example/p"><img srcset="https://evil.example/p 1x"></picture>',
  ],
  ['a template', '<template><img src=x onerror=alert(1)></template>'],
  ['text that is not one', '<noembed><p title="</noembed><img src=x onerror=alert(1)>">x</noembed>'],
  ['a title that ends', '<title></title><img src=x onerror=alert(1)>'],
  ['a text field that ends', '<textarea></textarea><img src=x onerror=alert(1)>'],
  ['names of ours', '<p data-target="x" class="folds" id="root" name="cookie">x</p>'],
  ['a click that asks elsewhere', '<a href="https://shop.example/" ping="https://evil.example/p">x</a>'],
];

describe('a mail in a page of its own', () => {
  test.each(attacks)('holds nothing of %s', (_name, html) => {
    const { body } = pageOf(html);
    expect(body).not.toMatch(
      /<(?:script|style|svg|math|meta|base|form|input|button|iframe|object|embed|applet|link|audio|video|source|template|noembed|textarea)\b/iu,
    );
    for (const tag of body.matchAll(/<[^>]*>/gu)) {
      expect(tag[0]).not.toMatch(
        /\son\w+\s*=|\sstyle\s*=|\ssrc(?:set)?\s*=|\sbackground\s*=|\sping\s*=|javascript:|vbscript:/iu,
      );
      expect(tag[0]).not.toMatch(/\s(?:id|class|name)\s*=|href="(?!https?:|mailto:|tel:)/iu);
    }
    expect(body.replaceAll(/href="[^"]*"|data-remote="[^"]*"|title="[^"]*"|data-target="[^"]*"/gu, '')).not.toContain(
      'evil.example',
    );
  });

  test('stands under a policy that lets nothing run, send or load', () => {
    const { policy } = pageOf('<p>x</p>');
    expect(policy).toMatch(
      /^sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'sha256-[\w+/]{43}='; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'$/u,
    );
    expect(pageOf('<p>x</p>', { remoteImages: true }).policy).toContain('img-src data: https: http:;');
  });

  test('loads images of others only when asked, and never one of a single dot', () => {
    const html =
      '<img src="https://cdn.example/logo.png" alt="Logo" width=200><img src="//cdn.example/b.png"><img src="https://evil.example/open.gif?who=anna" width="1" height="1">';
    expect(pageOf(html).body).not.toMatch(/\ssrc=/u);
    const { body } = pageOf(html, { remoteImages: true });
    expect([...body.matchAll(/\ssrc="(?<at>[^"]*)"/gu)].map(({ groups }) => groups?.['at'])).toEqual([
      'https://cdn.example/logo.png',
      'https://cdn.example/b.png',
    ]);
  });

  test('shows images that came along in their place', () => {
    const read = message(
      { 'Content-Type': 'multipart/related; boundary=b' },
      multipart(
        'Content-Type: text/html\n\n<p>Before <img src="cid:logo@x" alt="Logo"> after <img src="cid:missing@x"></p>',
        'Content-Type: image/png; name=logo.png\nContent-ID: <logo@x>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=',
      ),
    );
    const { html } = mailPage(read.html ?? '', {
      ...usual,
      imageOf: (id) => (id === 'logo@x' ? 'data:image/png;base64,iVBORw0KGgo=' : null),
    });
    expect(html).toContain('Before <img alt="Logo" src="data:image/png;base64,iVBORw0KGgo=" /> after <img alt="" />');
  });

  test('says where a link that lies leads, and folds what is quoted', () => {
    const { html, body } = pageOf(
      '<p>Pay at <a href="https://evil.example/pay">www.bank.example</a></p><blockquote type="cite">Earlier words</blockquote>',
    );
    expect(body).toContain('data-target="evil.example" data-deceptive');
    expect(html).toContain('class="folds"');
    expect(body).toMatch(/data-fold="quoted"[^<]*>Earlier words/u);
    expect(pageOf('<p>x</p>', { folded: true }).html).not.toContain('class="folds"');
  });

  test('a title from outside stays a title', () => {
    expect(pageOf('x', { title: '</title><script>alert(1)</script>' }).html).not.toContain('<script');
  });
});
