/** What a file is by its own first bytes: names and senders' claims are not believed. */
export interface FileKind {
  readonly type: string;
  /** It could run on a reader's machine. */
  readonly runs: boolean;
}

interface Mark {
  readonly type: string;
  readonly bytes: string;
  readonly at?: number;
  readonly runs?: true;
}

/** Signatures as the formats' own specifications give them, in hexadecimal. */
const marks: readonly Mark[] = [
  { type: 'image/png', bytes: '89504e470d0a1a0a' },
  { type: 'image/jpeg', bytes: 'ffd8ff' },
  { type: 'image/gif', bytes: '47494638' },
  { type: 'image/webp', bytes: '57454250', at: 8 },
  { type: 'image/bmp', bytes: '424d' },
  { type: 'image/tiff', bytes: '49492a00' },
  { type: 'image/tiff', bytes: '4d4d002a' },
  { type: 'image/heic', bytes: '6674797068656963', at: 4 },
  { type: 'application/pdf', bytes: '255044462d' },
  { type: 'application/vnd.microsoft.portable-executable', bytes: '4d5a', runs: true },
  { type: 'application/x-elf', bytes: '7f454c46', runs: true },
  { type: 'application/x-mach-binary', bytes: 'cffaedfe', runs: true },
  { type: 'application/x-mach-binary', bytes: 'cafebabe', runs: true },
  { type: 'application/x-ms-shortcut', bytes: '4c0000000114020000000000c000000000000046', runs: true },
  { type: 'application/vnd.ms-cab-compressed', bytes: '4d534346', runs: true },
  { type: 'text/x-script', bytes: '2321', runs: true },
  { type: 'application/x-ole-storage', bytes: 'd0cf11e0a1b11ae1' },
  { type: 'application/gzip', bytes: '1f8b' },
  { type: 'application/x-7z-compressed', bytes: '377abcaf271c' },
  { type: 'application/vnd.rar', bytes: '526172211a07' },
  { type: 'application/x-bzip2', bytes: '425a68' },
  { type: 'application/x-xz', bytes: 'fd377a585a00' },
  { type: 'audio/mpeg', bytes: '494433' },
  { type: 'audio/ogg', bytes: '4f676753' },
  { type: 'video/mp4', bytes: '66747970', at: 4 },
  { type: 'application/rtf', bytes: '7b5c72746631' },
];

/** Endings that Windows, macOS or a desktop environment runs, whatever the bytes are. */
const runningEndings = new Set(
  (
    'app appref-ms appx bat cmd com cpl desktop dll docm dotm exe gadget hta inf ins iso img jar job jnlp js jse lnk mde msc ' +
    'msi msp mst one pif potm ppam ppsm pptm ps1 ps2 psc1 psm1 reg scf scr sct sh shb shs sldm url vb vbe vbs vhd vhdx ws wsc ' +
    'wsf wsh xlam xll xlsm xltm'
  ).split(' '),
);

function zipKind(head: Buffer): string {
  const text = head.toString('latin1');
  if (text.includes('word/')) return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  if (text.includes('xl/')) return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  if (text.includes('ppt/')) return 'application/vnd.openxmlformats-officedocument.presentationml.presentation';
  const open = /mimetype(?<type>application\/vnd\.oasis\.opendocument\.[a-z-]+)/u.exec(text)?.groups?.['type'];
  return open ?? 'application/zip';
}

function isText(head: Buffer): boolean {
  let odd = 0;
  for (const byte of head) {
    if (byte === 0) return false;
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) odd += 1;
  }
  return odd * 100 <= head.length;
}

function byBytes(head: Buffer): Mark | undefined {
  return marks.find(({ bytes, at = 0 }) => head.subarray(at, at + bytes.length / 2).equals(Buffer.from(bytes, 'hex')));
}

/** @param head the first bytes, 4 KiB are enough */
export function fileKind(head: Buffer, name: string): FileKind {
  const ending = /\.(?<ending>[^.\s]{1,10})\s*$/u.exec(name)?.groups?.['ending']?.toLowerCase() ?? '';
  const byName = runningEndings.has(ending);
  const mark = byBytes(head);
  if (mark !== undefined) return { type: mark.type, runs: byName || mark.runs === true };
  if (head.subarray(0, 4).equals(Buffer.from('504b0304', 'hex'))) return { type: zipKind(head), runs: byName };
  if (!isText(head)) return { type: 'application/octet-stream', runs: byName };
  const start = head.toString('latin1').trimStart().slice(0, 200).toLowerCase();
  if (/^(?:<!doctype html|<html|<head|<body|<script)/u.test(start)) return { type: 'text/html', runs: byName };
  if (start.includes('<svg')) return { type: 'image/svg+xml', runs: byName };
  if (start.startsWith('<?xml')) return { type: 'application/xml', runs: byName };
  return { type: ending === 'csv' ? 'text/csv' : 'text/plain', runs: byName };
}

/** How a file can be shown in place: only what no browser runs anything in. */
export function previewOf({ type, runs }: FileKind): 'image' | 'text' | 'pdf' | null {
  if (runs) return null;
  if (['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'].includes(type)) return 'image';
  if (type === 'application/pdf') return 'pdf';
  return type.startsWith('text/') || type === 'application/xml' || type === 'image/svg+xml' ? 'text' : null;
}
