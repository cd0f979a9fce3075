import { z } from 'zod';
import { request } from './request.ts';
import { id, nothing, text, time } from './words.ts';

/** Certificate authorities of the company's own, believed by every check that verifies a certificate. */

export const mostAuthorities = 100;

/** An authority that is believed beside those that this machine and Node believe. */
export const authority = z.object({
  id,
  /** Who it says it is, such as `CN=Example Internal CA, O=Example`. */
  subject: z.string(),
  issuer: z.string(),
  validFrom: time,
  validUntil: time,
  /** SHA-256 of the certificate, to be compared with what the authority tells. */
  fingerprint: z.string(),
  addedAt: time,
});
export type Authority = z.infer<typeof authority>;

const authorities = z.object({ items: z.array(authority) });

/** Part of watch's requests. */
export const authorityRequests = {
  authorities: {
    list: request({
      method: 'GET',
      path: '/watch/authorities',
      permission: 'watch.read',
      summary: 'Certificate authorities of your own that checks believe',
    })
      .input(nothing)
      .output(authorities),
    add: request({
      method: 'POST',
      path: '/watch/authorities',
      permission: 'watch.settings',
      summary: 'Let checks believe certificate authorities of your own',
    })
      .input(z.object({ certificates: text(200_000) }))
      .output(authorities),
    remove: request({
      method: 'DELETE',
      path: '/watch/authorities/{id}',
      permission: 'watch.settings',
      summary: 'Let checks believe a certificate authority of your own no more',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(nothing),
  },
};
