import type * as en from '../en/mail.ts';

/** Pourquoi un message est devenu ce qu’il est : une phrase par règle, suivie à l’écran des mots qui la fondent. */
export const flightRules: typeof en.flightRules = {
  received_smtp: 'Il est arrivé par le serveur de courrier de l’assistance.',
  received_imap: 'Il a été relevé dans une boîte aux lettres.',
  received_again: 'Le même message était déjà arrivé ; il n’a pas été pris une seconde fois.',
  quarantined:
    'Il n’a pas pu être lu dans les limites fixées ; il est mis de côté, entier, pour qu’une personne l’examine.',
  message_read: 'Il a été lu.',
  note_charset: 'Son jeu de caractères était faux ou absent ; le texte a été lu comme ce à quoi il ressemble.',
  note_cut: 'Il est plus grand que ce qui est montré ; le tout est conservé.',
  note_structure: 'Sa structure enfreint les règles du courrier ; il a été lu aussi loin que possible.',
  note_parts_differ: 'Son texte simple et son texte mis en forme diffèrent ; le second est montré.',
  note_winmail: 'Outlook l’avait emballé dans un winmail.dat, qui a été ouvert.',
  own_mail: 'C’est un courrier de cette assistance qui revient : la signature est la nôtre.',
  bounce_report: 'Un serveur de courrier signale qu’un courrier n’est pas arrivé.',
  bounce_text: 'Ses mots sont ceux d’un serveur de courrier qui signale un courrier non remis.',
  read_receipt: 'Il dit seulement qu’un courrier a été lu ou supprimé.',
  dmarc_report: 'C’est un rapport que les serveurs de courrier échangent sur les courriers falsifiés.',
  calendar_answer: 'C’est la réponse d’un agenda à une invitation.',
  auto_submitted: 'Son en-tête dit qu’un programme l’a écrit.',
  auto_header: 'Il porte un en-tête que seules les réponses automatiques ont.',
  auto_precedence: 'Il est marqué comme réponse automatique.',
  auto_subject: 'Son objet est celui d’une réponse automatique.',
  auto_text: 'Il répond à un courrier avec les mots d’un avis d’absence.',
  list_header: 'Il est passé par une liste de diffusion.',
  list_precedence: 'Il est marqué comme envoyé en nombre.',
  null_return_path: 'Son enveloppe ne nomme aucun expéditeur : personne ne doit y répondre.',
  robot_sender: 'L’adresse de son expéditeur est celle d’un programme.',
  suppress_header: 'Son expéditeur demande aux programmes de ne pas répondre.',
  person: 'Rien ne dit qu’un programme l’a écrit : il est tenu pour celui d’une personne.',
  auth_not_set_up: 'Personne n’a dit quel serveur de courrier croire au sujet des expéditeurs.',
  auth_missing: 'Notre serveur de courrier n’a rendu aucun verdict sur l’expéditeur.',
  auth_nothing_said: 'Notre serveur de courrier n’a rien pu prouver au sujet de l’expéditeur.',
  auth_passed: 'Notre serveur de courrier confirme le domaine de l’expéditeur.',
  auth_failed:
    'D’après notre serveur de courrier, le domaine de l’expéditeur ne l’a pas envoyé : l’expéditeur est peut-être falsifié.',
  token_valid: 'Il répond à un courrier de ce billet : l’identifiant signé est le nôtre.',
  token_forged: 'Il montre un identifiant qui ressemble aux nôtres sans être signé par nous ; il a été ignoré.',
  plus_address: 'Il a été envoyé à l’adresse propre au billet.',
  known_id: 'Il répond à un courrier qui est déjà dans ce billet.',
  no_thread: 'Il ne répond à rien de connu ; l’objet seul ne compte jamais.',
  writer_known: 'Son auteur prend part au billet.',
  writer_stranger: 'Son auteur ne prend pas part au billet : il y est gardé, marqué comme non vérifié.',
  writer_spoofed: 'Son auteur est peut-être falsifié : il est gardé, marqué comme non vérifié.',
  forwarded: 'Quelqu’un l’a transféré ; le premier auteur est proposé comme demandeur.',
  folded: 'Les citations, signatures et mentions qu’il contient sont repliées ; rien n’est supprimé.',
  shown_whole: 'Tout y ressemblait à une citation ou à une signature ; tout est donc montré.',
  answer_allowed: 'Une réponse automatique restait dans toutes les limites.',
  answer_not_to_programs:
    'Aucun programme n’y répond, car aucune personne ne l’a écrit ou son auteur a demandé le silence.',
  budget_address: 'Cette adresse a reçu autant de courriers automatiques qu’il est permis sur cette durée.',
  budget_domain: 'Ce domaine a reçu autant de courriers automatiques qu’il est permis sur cette durée.',
  budget_ticket: 'Ce billet a envoyé autant de courriers automatiques qu’il est permis sur cette durée.',
  budget_overall:
    'L’assistance entière a envoyé autant de courriers automatiques qu’il est permis sur cette durée : quelqu’un doit regarder.',
  budget_untouched:
    'Beaucoup de courriers automatiques y sont partis depuis la dernière action d’une personne : c’est peut-être une boucle, elle s’arrête ici.',
  budget_same_words: 'Les mêmes mots sont arrivés plusieurs fois en un jour : un programme les écrit.',
  sent: 'Le serveur d’envoi l’a accepté.',
  send_later: 'Le serveur d’envoi n’a pas encore pu l’accepter ; un nouvel essai aura lieu.',
  send_refused: 'Le serveur d’envoi ne l’acceptera jamais.',
};

/** Les mots autour des réponses que l’assistance envoie. */
export const answers: typeof en.answers = {
  replyAbove: 'Répondez au-dessus de cette ligne.',
  wrote: (d) => `Le ${d.at}, ${d.name} a écrit :`,
  earlier: (count) => (count === 1 ? '1 message précédent' : `${count} messages précédents`),
  reference: (reference) => `Votre demande : ${reference}`,
  cut: 'La suite de ce message n’est pas reprise ici.',
};
