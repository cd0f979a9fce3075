/** Lines that a telephone or a program puts under a mail by itself. The whole line must be nothing else. */
const deviceLines: readonly RegExp[] = [
  /^[-_\s]{0,10}(?:sent|written|typed) (?:from|with|via|by|using|on)(?: my| the| a| an)?(?: \S{1,30}){1,7}$/iu,
  /^[-_\s]{0,10}(?:envoyé|envoyée|expédié|écrit|rédigé|transmis|message envoyé|e-mail envoyé|courriel envoyé)(?: \(?e?\)?)? (?:de|depuis|à partir de|à partir du|à partir d'|du|par|avec|via|à l'aide de|d'un|d'une|sur)[ ']?.{2,80}$/iu,
  /^[-_\s]{0,10}provenance\s?: .{3,60}$/iu,
  /^(?:get|download|obtenez|obtenir|téléchargez|télécharger) (?:the )?(?:outlook|gmail|l'application|yahoo|bluemail|spark|mail).{0,100}$/iu,
  /^(?:gesendet|von meinem|enviado|inviato|verstuurd|verzonden|sendt fra|skickat från|lähetetty|wysłane|wysłano|отправлено) .{3,70}$/iu,
  /^(?:yahoo mail|courrier yahoo)\s?: .{3,80}$/iu,
  /^(?:sent|envoyé)\s?(?:with|avec) .{0,40}(?:proton|tutanota|tuta|mail|spark).{0,60}$/iu,
];

const sentenceAfter =
  /[,;!?]|\. \p{L}|\b(?:is|was|are|were|it|but|because|when|who|and|est|était|mais|car|parce|qui|quand)\b/iu;
const device =
  /iphone|ipad|ipod|android|blackberry|mobile|phone|smartphone|téléphone|portable|galaxy|samsung|huawei|xiaomi|pixel|nokia|htc|outlook|yahoo|gmail|proton|mail|courrier|messagerie|windows|mac\b|laptop|tablet|tablette|appareil|device|handheld|workspace|spark|airmail|mailbird|bluemail|thunderbird|orange|sfr|bouygues|free|laposte|tuta|ordinateur|treo|palm|nexus|oneplus|motorola|verizon|at&t|t-mobile|bell|rogers|telus|virgin|wireless|application|app\b|acompli|cloudmagic|polymail|nine|fairphone|surface|tel[ée]fon|handy|mobil|komórk|puhelim|моб/iu;

/** Whether a line is nothing but such an advertisement. */
export function isDeviceLine(bare: string): boolean {
  if (bare.length > 110 || bare === '') return false;
  const text = bare
    .replaceAll(/<?\(?https?:\/\/\S{1,200}>?\)?/gu, '')
    .replaceAll(/[[\]*_]/gu, '')
    .trim();
  if (!deviceLines.some((line) => line.test(text))) return false;
  const isNamed =
    /^(?:sent from my|envoyé (?:de|depuis) m[ao]n?) .*[\p{Lu}\d]/iu.test(text) &&
    /[A-Z0-9].*[A-Z0-9]/u.test(text.slice(12));
  return (isNamed || device.test(text)) && !sentenceAfter.test(text.replace(/\.$/u, ''));
}

/** RFC 3676, 4.3: "-- " alone on a line; many programs lose the space. */
export const signatureDelimiter = /^--\s?$/u;

/** The beginning of a paragraph that lawyers or virus scanners wrote. */
const disclaimers: readonly RegExp[] = [
  /^[*_\s-]{0,6}(?:confidentiality|privacy|legal|security)? ?(?:disclaimer|notice|warning)\b.{0,20}[:*.\-–]/iu,
  /^[*_\s-]{0,6}(?:confidential(?:ity)?|privileged)\b.{0,60}(?:notice|note|statement|communication|message|email|e-mail)/iu,
  /^[*_\s-]{0,6}(?:avis|clause|mention|note|notice|message)s? (?:de confidentialité|légale?s?|juridique|important|confidentiel|d'avertissement)/iu,
  /^[*_\s-]{0,6}confidentialité\s?:/iu,
  /^[*_\s"-]{0,6}(?:the (?:information|content)s?|this (?:e-?mail|message|communication|transmission|document))\b.{0,250}(?:confidential|privileged|intended (?:only|solely)|addressee|intended recipient|attachments)/iu,
  /^[*_\s"-]{0,6}(?:ce (?:message|mail|courriel|courrier|document|e-mail)|cet e-?mail|les informations contenues|l'information (?:contenue|apparaissant)|le contenu de ce)\b.{0,250}(?:confidenti|destinataire|pièces jointes|privilégi|secret)/iu,
  /^if you (?:are not|have received|received).{0,80}(?:intended|error|addressee)/iu,
  /^si vous (?:n'êtes pas|avez reçu|recevez).{0,60}(?:destinataire|erreur|ce (?:message|courriel|mail))/iu,
  /^.{0,10}(?:please )?consider the environment.{0,100}$/iu,
  /^.{0,30}(?:pensez|pensons) (?:à|a) (?:l'environnement|notre planète).{0,120}$/iu,
  /^.{0,30}(?:n'imprimez|merci de n'imprimer|avant d'imprimer).{0,160}$/iu,
  /^(?:this (?:e-?mail|message) (?:has been|was) (?:scanned|checked)|virus-free|scanned by|l'absence de virus|garanti sans virus|sans virus|cet e-?mail a été vérifié|ce (?:message|courrier électronique|mail) a été (?:vérifié|analysé))/iu,
  /^(?:you (?:received|are receiving) this (?:message|email|e-mail|because)|to unsubscribe|to view this discussion|pour vous désabonner|pour se désinscrire|vous (?:recevez|avez reçu) ce (?:message|courriel|mail) (?:car|parce))/iu,
];

/** Whether a paragraph, its lines joined, is one that nobody wrote for this reader. */
export function isDisclaimer(paragraph: string): boolean {
  return disclaimers.some((opening) => opening.test(paragraph));
}

/** What stands in the footer that a mailing list adds. */
export const listFooter =
  /mailing list|unsubscribe|désabonner|désinscri|liste de diffusion|listinfo|google groups|groupe google|yahoo! groups/iu;
