/** A link of a mail, with where it really leads. */
export interface MailLink {
  readonly text: string;
  readonly target: string;
  readonly host: string;
  /** Its text names another host than the one to which it leads. */
  readonly isDeceptive: boolean;
}

const namedHost = /(?:https?:\/\/|www\.)?(?<host>(?:[\p{L}\d-]{1,63}\.){1,6}(?:[a-z]{2,24}))(?:[/:?#]|\s|$)/iu;

/** Reads a link; null when it leads nowhere that a mail may lead. */
export function linkTarget(href: string, text: string): MailLink | null {
  const trimmed = href.replaceAll(/[\s\p{Cc}]+/gu, '');
  const shown = text.replaceAll(/\s+/gu, ' ').trim().slice(0, 200);
  if (!/^(?:https?|mailto|tel):/iu.test(trimmed)) return null;
  let url: URL;
  try {
    url = new URL(trimmed);
  } catch {
    return null;
  }
  if (url.protocol === 'mailto:' || url.protocol === 'tel:') {
    const target = url.href.slice(0, 500);
    const address = decodeURI(safePercent(url.pathname));
    const said = /[^\s<>@]+@[^\s<>@]+\.[a-z]+/iu.exec(shown)?.[0];
    return {
      text: shown,
      target,
      host: address,
      isDeceptive: said !== undefined && said.toLowerCase() !== address.toLowerCase(),
    };
  }
  const said = shown.includes('@') ? undefined : namedHost.exec(shown)?.groups?.['host'];
  const isDeceptive = said !== undefined && looksLikeHost(shown, said) && !isSameSite(said.toLowerCase(), url.hostname);
  return { text: shown, target: url.href.slice(0, 2_000), host: url.hostname, isDeceptive };
}

/** "Vigie.ts" in a sentence is a name; "www.bank.example" or a link by itself is a host. */
function looksLikeHost(text: string, host: string): boolean {
  return /^https?:\/\/|^www\./iu.test(text) || text.toLowerCase().startsWith(host.toLowerCase());
}

function isSameSite(said: string, real: string): boolean {
  const a = said.replace(/^www\./u, '');
  const b = real.replace(/^www\./u, '');
  return a === b || b.endsWith(`.${a}`) || a.endsWith(`.${b}`);
}

function safePercent(text: string): string {
  return text.replaceAll(/%(?![0-7][0-9a-f])/giu, '%25').slice(0, 300);
}
