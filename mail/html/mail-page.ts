import { createHash } from 'node:crypto';
import sanitizeHtml from 'sanitize-html';
import { htmlGate } from './render-html.ts';
import { escapeHtml } from './escape-html.ts';

/** How a mail's HTML is to be shown. */
export interface MailPageWish {
  readonly language: string;
  readonly title: string;
  /** Images on somebody's server: their owner learns that, when and from where the mail is read. */
  readonly remoteImages: boolean;
  /** Passages that are folded away: what is quoted, signatures, notices. */
  readonly folded: boolean;
  readonly dark: boolean;
  /** Of images that came along, by content id or name: a `data:` address. */
  readonly imageOf: (id: string) => string | null;
}

/** A whole page that shows one mail, and the policy under which a browser shows it. */
export interface MailPage {
  readonly html: string;
  readonly policy: string;
}

const style = `
:root{color-scheme:light;--ink:#1c2430;--soft:#5a6472;--line:#d5dae1;--link:#1558b0;--problem:#b3261e}
:root.dark{color-scheme:dark;--ink:#e4e8ee;--soft:#a3adba;--line:#3a434f;--link:#8ab8f5;--problem:#f2948c}
html{font:14px/1.5 system-ui,sans-serif;color:var(--ink);background:transparent;overflow-wrap:anywhere}
body{margin:0;padding:2px;overflow-x:auto}
img{max-width:100%;height:auto}
a{color:var(--link)}
a[data-deceptive]{color:var(--problem);text-decoration:underline wavy}
a[data-deceptive]::after{content:" (→ " attr(data-target) ")";font-weight:600}
img[data-remote]:not([src]){display:inline-block;padding:0 6px;border:1px dashed var(--line);color:var(--soft);font-size:12px}
table{border-collapse:collapse;max-width:100%}
td,th{vertical-align:top;padding:1px 4px}
pre{white-space:pre-wrap}
blockquote{margin:4px 0;padding-left:10px;border-left:3px solid var(--line);color:var(--soft)}
hr{border:0;border-top:1px solid var(--line)}
.folds [data-fold="quoted"],.folds [data-fold="signature"],.folds [data-fold="disclaimer"]{display:none}
`;
const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

/** A picture of one dot, or two, is there to tell that the mail was opened: it is never loaded. */
const smallest = 2;

function isTracker({ width, height }: sanitizeHtml.Attributes): boolean {
  const sizes = [width, height].map((size) => Number.parseInt(size ?? '', 10));
  return sizes.some((size) => size <= smallest);
}

/**
 * Puts a mail's safe HTML into a page of its own. It passes the gate once more, because sources are set here; what the gate
 * would let through by mistake meets the policy: no script, no form, no frame, no style but ours, and no address but
 * images that were asked for.
 */
export function mailPage(safeHtml: string, wish: MailPageWish): MailPage {
  const body = sanitizeHtml(safeHtml, {
    ...htmlGate,
    allowedAttributes: { ...htmlGate.allowedAttributes, img: ['alt', 'width', 'height', 'src', 'data-remote'] },
    allowedSchemesByTag: { img: ['http', 'https', 'data'] },
    transformTags: {
      img: (tagName, attributes) => ({ tagName, attribs: withSource(attributes, wish) }),
    },
  });
  const classes = [...(wish.dark ? ['dark'] : []), ...(wish.folded ? [] : ['folds'])].join(' ');
  return {
    html: `<!doctype html><html lang="${escapeHtml(wish.language)}" class="${classes}"><head><meta charset="utf-8"><title>${escapeHtml(wish.title)}</title><style>${style}</style></head><body>${body}</body></html>`,
    policy: [
      'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
      "default-src 'none'",
      `style-src ${styleHash}`,
      `img-src data:${wish.remoteImages ? ' https: http:' : ''}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'self'",
    ].join('; '),
  };
}

function withSource(attributes: sanitizeHtml.Attributes, wish: MailPageWish): sanitizeHtml.Attributes {
  const { 'data-image': own, 'data-remote': remote, alt, width, height } = attributes;
  const kept: sanitizeHtml.Attributes = { alt: alt ?? '' };
  if (width !== undefined) kept['width'] = width;
  if (height !== undefined) kept['height'] = height;
  if (remote !== undefined) {
    kept['data-remote'] = remote;
    if (wish.remoteImages && !isTracker(attributes)) kept['src'] = remote.startsWith('//') ? `https:${remote}` : remote;
  } else if (own !== undefined) {
    const source = wish.imageOf(own);
    if (source !== null) kept['src'] = source;
  }
  return kept;
}
