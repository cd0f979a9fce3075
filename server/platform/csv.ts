/** A cell of CSV (RFC 4180) that no spreadsheet takes for a formula or for two cells. */
export function csvCell(text: string, separator: string): string {
  const plain = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /["\r\n]/u.test(plain) || plain.includes(separator) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
