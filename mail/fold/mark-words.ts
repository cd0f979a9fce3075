/**
 * The words by which mail programs say "what follows is not mine". French and English are complete as far as we know
 * them; the other languages are there because their programs write to us too.
 */

/** The verb of "On …, somebody wrote:". */
export const wroteVerbs =
  /(?<![\p{L}\d])(?:wrote|writes|said|sent|écrivait|a écrit|a ecrit|écrit|a envoyé|schrieb|hat geschrieben|geschrieben|escribió|escribio|ha scritto|scrisse|schreef|geschreven|escreveu|napisał|napisała|napisał\(a\)|napísal|napsal|skrev|kirjoitti|написал|написала|написал\(а\)|пишет|yazdı|írta|a scris|έγραψε|đã viết|写道|のメール)(?![\p{L}\d])/iu;

/** How such a line begins. */
export const dateOpeners =
  /^[-–—‐*_\s>"“«(]{0,30}(?:on|at|le|in a message dated|in article|dans un message dat[ée] du|dans son message du|en date de|am|el|il|il giorno|op|em|no dia|w dniu|dnia|den|dne|på|pe data de|ma|vào|tarihinde|i|a|στις|в|le\s)\s/iu;

/** "Quoting Jane:", as webmails of the Horde family say it. */
export const quoting = /^(?:quoting|selon|citando|zitat von|citat)\s.{2,150}:$/iu;

const day =
  '(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)';
/** A line that starts with the date itself. */
export const dateFirst = new RegExp(
  `^(?:\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}|${day}\\p{L}{0,7}\\.?,? \\d|\\p{L}{2,4}[.,]{0,2} \\d{1,2}[. ])`,
  'iu',
);

/** A year, a time of day, or a date in figures: without one a line is no attribution. */
export const dateSign =
  /(?<!\d)(?:(?:19|20)\d{2}|\d{1,2}[:h.]\s?\d{2}|\d{1,2}[/.-](?:\d{1,2}|\p{L}{3,9})(?:[/.-]\d{2,4})?|\d{1,2}\.? \p{L}{3,9})(?!\d)/u;

const dashes = '[-–—‐_=*#~+>|\\s]';
const originals = [
  'original message',
  'original mail',
  'original email',
  'reply message',
  'reply',
  'message d.origine',
  'message original',
  "message d'origine",
  'mail original',
  'mail d.origine',
  'courriel original',
  'courrier original',
  "e-mail d'origine",
  'message initial',
  "message de l'expéditeur",
  'ursprüngliche nachricht',
  'originalnachricht',
  'ursprüngliche mail',
  'antwort nachricht',
  'mensaje original',
  'mensagem original',
  'messaggio originale',
  'messaggio originario',
  'oorspronkelijk bericht',
  'oprindelig meddelelse',
  'oprindelig besked',
  'oprindelig mail',
  'opprinnelig melding',
  'ursprungligt meddelande',
  'ursprungsmeddelande',
  'alkuperäinen viesti',
  'wiadomość oryginalna',
  'oryginalna wiadomość',
  'původní zpráva',
  'исходное сообщение',
  'пересылаемое сообщение',
  '原始邮件',
];
/** "-----Original Message-----". */
export const originalMark = new RegExp(
  `^(?:${dashes}{2,60}(?:${originals.join('|')})\\s?:?${dashes}{0,60}|(?:${originals.join('|')})\\s?:?${dashes}{2,60})$`,
  'iu',
);

const forwards = [
  'forwarded message',
  'forwarded by .{1,80}',
  'forwarded mail',
  'begin forwarded message',
  'message transféré',
  'message transmis',
  'message réexpédié',
  'message réacheminé',
  'début du message transféré',
  'début du message réexpédié',
  'transféré par .{1,80}',
  'transmis par .{1,80}',
  'mail transféré',
  'courriel transféré',
  'weitergeleitete nachricht',
  'anfang der weitergeleiteten nachricht',
  'mensaje reenviado',
  'messaggio inoltrato',
  'inizio messaggio inoltrato',
  'doorgestuurd bericht',
  'mensagem encaminhada',
  'vidarebefordrat meddelande',
  'videresendt melding',
  'przekazana wiadomość',
];
/** "---------- Forwarded message ---------", "Début du message transféré :". */
export const forwardMark = new RegExp(
  `^(?:${dashes}{2,60}(?:${forwards.join('|')})\\s?:?${dashes}{0,60}|(?:begin|début|anfang|inizio).{0,40}(?:forwarded|transféré|réexpédié|weitergeleiteten|inoltrato).{0,20}:)$`,
  'iu',
);

/** "---- Jane wrote ----", "-------- Jane a écrit --------". */
export const dashedWrote = new RegExp(
  `^${dashes}{2,40}\\S.{0,120}(?:wrote|a écrit|schrieb|sent)\\s?:?\\s?${dashes}{2,40}$`,
  'iu',
);

/** What desks put above their mails. */
export const replyLine =
  /^[-#=*_\s]{0,60}(?:please )?(?:type|write|reply|répondez|écrivez|répondre|merci de répondre|veuillez répondre)\b.{0,50}(?:above|au-dessus|ci-dessus|dessus de) .{0,30}(?:line|ligne)\b.{0,30}$/iu;

/** A ruler: underscores, dashes or equal signs alone. */
export const ruler = /^[-_=*~–—―─]{5,}$/u;
