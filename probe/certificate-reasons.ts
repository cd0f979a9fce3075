import type { Language } from '#contract/words.ts';
import { daysText, timeText } from './number-text.ts';

/** What can be wrong with a server's certificate or its handshake. */
export type CertificateReasons = {
  certificateExpired: { days: number; validTo: string };
  certificateEarly: { validFrom: string };
  certificateUntrusted: { code: string };
  certificateOtherName: { name: string; names: string };
  certificateExpiresSoon: { days: number; validTo: string };
  handshakeFailed: { code: string };
  handshakeTimeout: { ms: number };
};

type CertificateTexts = { readonly [Code in keyof CertificateReasons]: (data: CertificateReasons[Code]) => string };

/** The sentences for certificates, to be spread into a kind's own. */
export const certificateTexts: Readonly<Record<Language, CertificateTexts>> = {
  en: {
    certificateExpired: ({ days, validTo }) => `The certificate expired on ${validTo}, ${daysText('en', days)} ago.`,
    certificateEarly: ({ validFrom }) => `The certificate is not valid before ${validFrom}.`,
    certificateUntrusted: ({ code }) =>
      `The certificate is not trusted (${code}): no known authority vouches for it. If your own authority issued it, add that one under Watch, Authorities.`,
    certificateOtherName: ({ name, names }) => `The certificate is not for ${name} but for ${names}.`,
    certificateExpiresSoon: ({ days, validTo }) => `The certificate expires in ${daysText('en', days)}, on ${validTo}.`,
    handshakeFailed: ({ code }) => `The TLS handshake failed: ${code}.`,
    handshakeTimeout: ({ ms }) => `The TLS handshake was not finished within ${timeText('en', ms)}.`,
  },
  fr: {
    certificateExpired: ({ days, validTo }) => `Le certificat a expiré le ${validTo}, il y a ${daysText('fr', days)}.`,
    certificateEarly: ({ validFrom }) => `Le certificat n’est pas valide avant le ${validFrom}.`,
    certificateUntrusted: ({ code }) =>
      `Le certificat n’est pas digne de confiance (${code}) : aucune autorité connue ne le garantit. Si votre propre autorité l’a émis, ajoutez-la sous Veille, Autorités.`,
    certificateOtherName: ({ name, names }) => `Le certificat n’est pas établi pour ${name} mais pour ${names}.`,
    certificateExpiresSoon: ({ days, validTo }) => `Le certificat expire dans ${daysText('fr', days)}, le ${validTo}.`,
    handshakeFailed: ({ code }) => `La négociation TLS a échoué : ${code}.`,
    handshakeTimeout: ({ ms }) => `La négociation TLS n’a pas abouti en ${timeText('fr', ms)}.`,
  },
};
