/** UTF-7 (RFC 2152), which old Exchange servers still write; what is no good UTF-7 stays as it is. */
export function decodeUtf7(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  return text.replaceAll(/\+(?<coded>[A-Za-z0-9+/]*)-?/gu, (whole: string, coded: string) => {
    if (coded === '') return '+';
    const raw = Buffer.from(coded, 'base64');
    if (raw.length < 2) return whole;
    const even = Buffer.from(raw.subarray(0, raw.length - (raw.length % 2)));
    return even.swap16().toString('utf16le');
  });
}
