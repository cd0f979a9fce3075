import { tidyName, type Bodies, type RawAttachment } from '../read/bodies.ts';
import { readTnef } from './read-tnef.ts';

/** Replaces a winmail.dat by what it holds; a text in it counts only where the message has none of its own. */
export function openWinmail(bodies: Bodies, mostAttachments: number): Bodies {
  const packed = bodies.attachments.find(
    ({ type, name }) => /^application\/(?:vnd\.)?ms-tnef$/u.test(type) || name.toLowerCase() === 'winmail.dat',
  );
  const content = packed === undefined ? null : readTnef(packed.bytes);
  if (packed === undefined || content === null) return bodies;
  const files: RawAttachment[] = content.attachments.map(({ name, type, contentId, bytes }) => ({
    name: tidyName(name),
    type: type === '' ? 'application/octet-stream' : type,
    contentId,
    isInline: contentId !== '' && type.startsWith('image/'),
    bytes,
  }));
  const hasText = bodies.plain.trim() !== '' || bodies.html !== '';
  return {
    ...bodies,
    plain: hasText ? bodies.plain : content.text,
    html: bodies.html === '' ? content.html : bodies.html,
    attachments: [...bodies.attachments.filter((file) => file !== packed), ...files].slice(0, mostAttachments),
    notes: [...bodies.notes, { note: 'winmail_opened' }],
  };
}
