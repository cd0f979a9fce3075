import type { LineHint } from '../fold/line.ts';
import type { HtmlToken } from './html-tokens.ts';

type Opening = Extract<HtmlToken, { type: 'open' }>;

/** What an element tells of what stands in it: of all of it, or (`cut`) that somebody else's words begin there. */
export type ElementHint = LineHint | null;

const quotedClasses = new Set([
  'yahoo_quoted',
  'protonmail_quote',
  'tutanota_quote',
  'zmail_extra',
  'moz-quote',
  'freebirdquote',
  'front-blockquote',
  'mail_quote',
  'quote_container',
  'replaced-quote',
]);
const quotedIds = new Set([
  'olk_src_body_section',
  'mail-editor-reference-message-container',
  'isreplycontent',
  'isforwardcontent',
  'zmail_extra',
  'reply_quote',
  'replyquote',
]);
const attributionClasses = new Set(['gmail_attr', 'moz-cite-prefix', 'quote-intro', 'quote_header', 'zmail_extra_hr']);
const cutIds = new Set([
  'divrplyfwdmsg',
  'appendonsend',
  'stopspelling',
  'replysplit',
  'ms-outlook-mobile-body-separator-line',
  'reply-intro',
  'divtagdefaultwrapper-reply',
]);
const signatureClasses = new Set([
  'gmail_signature',
  'moz-signature',
  'protonmail_signature_block',
  'protonmail_signature_block-user',
  'protonmail_signature_block-proton',
  'sfr-signature',
  'tutanota_signature',
]);
const signatureIds = new Set([
  'signature',
  'ms-outlook-mobile-signature',
  'ms-outlook-ios-signature',
  'composer_signature',
  'applemailsignature',
  'ymail_android_signature',
  'ymail_ios_signature',
  'proton-signature',
]);

/** The line that Outlook draws above what it quotes. */
const outlookBorder = /border:\s?none;\s?border-top:\s?solid (?:#?[0-9a-f]{6}|windowtext|rgb\([^)]{1,20}\)) 1\.0pt/iu;
/** Gmail's indentation, which is no quote. */
const indentation = /border:\s?none/iu;

/** `hasQuoteInside` says whether a blockquote stands in the element. */
export function hintOf(token: Opening, hasQuoteInside: boolean): ElementHint {
  const id = (token.attributes['id'] ?? '').toLowerCase().replace(/^x_/u, '');
  const classes = (token.attributes['class'] ?? '')
    .toLowerCase()
    .split(/\s+/u, 20)
    .map((name) => name.replace(/^(?:x_)+/u, ''));
  if (token.attributes['data-smartmail'] === 'gmail_signature' || signatureIds.has(id)) return 'signature';
  if (classes.some((name) => signatureClasses.has(name))) return 'signature';
  if (classes.some((name) => attributionClasses.has(name))) return 'attribution';
  if (cutIds.has(id) || classes.includes('outlookmessageheader')) return 'cut';
  if (quotedIds.has(id) || token.attributes['name'] === 'messageReplySection') return 'quoted';
  if (classes.some((name) => quotedClasses.has(name) || name.endsWith('yahoo_quoted'))) return 'quoted';
  if (token.name === 'blockquote') return isQuote(token, classes) ? 'quoted' : null;
  // Gmail puts answers between the quotes into the same element.
  if (classes.includes('gmail_quote') || classes.includes('gmail_quote_container'))
    return hasQuoteInside ? null : 'quoted';
  return token.name === 'div' && outlookBorder.test(token.attributes['style'] ?? '') ? 'cut' : null;
}

function isQuote(token: Opening, classes: readonly string[]): boolean {
  if (token.attributes['type'] === 'cite' || token.attributes['cite'] !== undefined) return true;
  if (classes.includes('gmail_quote')) return true;
  return !indentation.test(token.attributes['style'] ?? '') || /border-left/iu.test(token.attributes['style'] ?? '');
}
