const block = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]*)-----END \1-----/gu;

/**
 * PEM text with the lines it needs (RFC 7468). A field of one line takes the line breaks out of what is pasted into it, and
 * OpenSSL then reads nothing; what is not plain base64 between its marks is left as it is.
 */
export function wholePem(text: string): string {
  return text.replaceAll(block, (_all, label: string, body: string) => {
    const lines = body.replaceAll(/\s/gu, '').match(/.{1,64}/gu) ?? [];
    return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
  });
}
