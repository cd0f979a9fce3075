import { createRequire } from 'node:module';
import { crc32, deflateRawSync } from 'node:zlib';

/** A zip archive of these parts (APPNOTE 6.3); `lies` writes other sizes than the parts have. */
export function zipOf(
  parts: Readonly<Record<string, string | Buffer>>,
  lies: { readonly size?: number; readonly entries?: number } = {},
): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const raw = Buffer.from(content);
    const packed = deflateRawSync(raw);
    const label = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(raw), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(lies.size ?? raw.length, 18);
    common.writeUInt16LE(label.length, 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, label, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), common, rest, label]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('504b0506', 0, 'hex');
  end.writeUInt16LE(lies.entries ?? central.length, 8);
  end.writeUInt16LE(lies.entries ?? central.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const xml = (body: string): string => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${body}`;
const odf = (mime: string, body: string): Buffer =>
  zipOf({
    mimetype: mime,
    'content.xml': xml(
      `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="tb" xmlns:draw="d"><office:body>${body}</office:body></office:document-content>`,
    ),
  });
const types = { '[Content_Types].xml': xml('<Types/>'), '_rels/.rels': xml('<Relationships/>') };

/** Small documents of each kind, as office programs write them, that say these words. */
export const documents: Readonly<Record<string, (words: string) => Buffer>> = {
  docx: (words) =>
    zipOf({
      ...types,
      'word/document.xml': xml(
        `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>${words.slice(0, 4)}</w:t></w:r><w:r><w:t>${words.slice(4)}</w:t></w:r></w:p><w:p><w:r><w:t>Second</w:t></w:r></w:p></w:body></w:document>`,
      ),
      'word/footnotes.xml': xml('<w:footnotes xmlns:w="w"><w:p><w:r><w:t>footnote</w:t></w:r></w:p></w:footnotes>'),
    }),
  xlsx: (words) =>
    zipOf({
      ...types,
      'xl/sharedStrings.xml': xml(`<sst><si><t>${words}</t></si><si><r><t>Sec</t></r><r><t>ond</t></r></si></sst>`),
      'xl/worksheets/sheet1.xml': xml(
        '<worksheet><sheetData><row><c t="n"><v>4711</v></c></row></sheetData></worksheet>',
      ),
    }),
  pptx: (words) =>
    zipOf({
      ...types,
      'ppt/slides/slide1.xml': xml(
        `<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>${words}</a:t></a:r></a:p><a:p><a:r><a:t>Second</a:t></a:r></a:p></p:sld>`,
      ),
    }),
  odt: (words) =>
    odf(
      'application/vnd.oasis.opendocument.text',
      `<text:p>${words}</text:p><text:p>Sec<text:span>ond</text:span></text:p>`,
    ),
  ods: (words) =>
    odf(
      'application/vnd.oasis.opendocument.spreadsheet',
      `<table:table-row><table:table-cell><text:p>${words}</text:p></table:table-cell><table:table-cell><text:p>Second</text:p></table:table-cell></table:table-row>`,
    ),
  odp: (words) =>
    odf(
      'application/vnd.oasis.opendocument.presentation',
      `<draw:page><text:p>${words}</text:p><text:p>Second</text:p></draw:page>`,
    ),
};

/** A PDF as the product's own reports are made, with these words; closed for those who do not have the password, if any. */
export async function pdfOf(words: string, { password }: { readonly password?: string } = {}): Promise<Buffer> {
  const { default: pdfmake } = await import('pdfmake');
  const font = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
  pdfmake.setFonts({ Plain: { normal: font, bold: font, italics: font, bolditalics: font } });
  return pdfmake
    .createPdf({
      content: [words, { text: 'Second', pageBreak: 'before' }],
      defaultStyle: { font: 'Plain' },
      ...(password === undefined ? {} : { userPassword: password, ownerPassword: 'owner', permissions: {} }),
    })
    .getBuffer();
}

/** A PDF of one page whose content is this, packed, whatever it says of its length. */
export function rawPdf(content: Buffer, packed: Buffer): Buffer {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>',
    `<</Length ${packed.length}/Filter/FlateDecode/DL ${content.length}>>stream\n${packed.toString('latin1')}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  const body = objects.map((object, at) => `${at + 1} 0 obj\n${object}\nendobj\n`).join('');
  return Buffer.from(`%PDF-1.4\n${body}trailer<</Root 1 0 R/Size 6>>\n%%EOF`, 'latin1');
}
