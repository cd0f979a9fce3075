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
  send_gave_up: 'Il n’a pas pu être remis pendant deux jours ; on y a renoncé.',
  send_too_large: 'Il dépasse ce que les serveurs de courriel acceptent.',
  send_no_mailbox: 'Aucune boîte n’est configurée par laquelle il pourrait partir.',
  bounced: 'Un serveur de courriel signale qu’il n’est pas arrivé.',
  delayed: 'Un serveur de courriel signale qu’il n’est pas encore arrivé et que les essais continuent.',
  ticket_opened: 'Il a ouvert un billet.',
  ticket_rule: 'Une règle de l’assistance s’est appliquée.',
  ticket_kept: 'Il n’a pas ouvert de billet et reste conservé ici.',
  ticket_by_hand: 'Quelqu’un en a ouvert un billet à la main.',
  reply_added: 'Il a été ajouté à son billet.',
  note_added: 'Il a été ajouté à son billet comme note interne : il n’y change rien.',
  reply_merged: 'Son billet a été fusionné dans un autre ; il se lit là-bas.',
  reply_reopened: 'Son billet était clos et a été rouvert.',
  reply_too_late:
    'Son billet est clos depuis plus longtemps que le délai de réouverture : un nouveau a été ouvert et lié.',
  requester_known: 'Son expéditeur est connu.',
  requester_made: 'Son expéditeur n’était pas connu ; il a été ajouté aux personnes que l’on aide.',
  bounce_noted: 'Il est montré sur le courriel dont il rend compte.',
  bounce_unknown: 'Il rend compte d’un courriel que cette assistance n’a pas envoyé.',
  program_attached:
    'Un fichier joint pourrait s’exécuter sur le poste du lecteur : il est signalé et jamais ouvert sur place.',
  calendar_invite: 'Il invite à un rendez-vous.',
  writer_trusted: 'Quelqu’un ici a admis son auteur.',
};

/** Pourquoi un courriel a été mis de côté. */
export const quarantineReasons: typeof en.quarantineReasons = {
  too_large: 'Il est trop volumineux.',
  too_slow: 'Sa lecture a pris trop de temps.',
  too_much_memory: 'Sa lecture a pris trop de mémoire.',
  headers_too_long: 'Son en-tête est trop long.',
  no_headers: 'Il n’a pas d’en-tête.',
  unreadable: 'Il ne peut pas être lu.',
  failed: 'Sa prise en charge a échoué plusieurs fois.',
};

/** Ce qui ne va pas dans un sens d’une boîte, et que faire. */
export const mailTroubles: typeof en.mailTroubles = {
  '': 'Fonctionne',
  not_set: 'Non configuré',
  name_unknown: 'Le nom du serveur ne mène à aucune adresse. Cherchez une faute de frappe.',
  address_forbidden: 'Le nom du serveur mène à une adresse qui n’est pas ouverte : elle appartient à un hébergeur.',
  connection_refused: 'Rien n’écoute à cet endroit. Vérifiez le port et le pare-feu du serveur.',
  timed_out: 'Le serveur n’a pas répondu à temps. Vérifiez le port et les pare-feu sur le chemin.',
  certificate:
    'Le certificat du serveur n’est pas reconnu. Donnez celui de son autorité, ou le nom pour lequel il a été établi.',
  tls: 'Aucun chiffrement n’a pu être convenu. Vérifiez si le port attend TLS d’emblée ou STARTTLS.',
  sign_in_refused: 'Le serveur refuse le nom ou le mot de passe.',
  folder_missing: 'Ce dossier n’existe pas dans la boîte.',
  consent_missing: 'Personne n’a encore consenti à l’accès. Demandez le consentement.',
  consent_withdrawn: 'Le fournisseur n’accorde plus l’accès. Demandez de nouveau le consentement.',
  sender_refused: 'Le serveur ne laisse pas cette adresse envoyer.',
  unreachable: 'Il n’a pas été possible de parler au serveur.',
  port_taken: 'Un autre programme écoute sur ce port.',
};

/** Ce que l’assistance dit d’elle-même. */
export const confirmation: typeof en.confirmation = {
  body: (d) =>
    `${d.name === '' ? 'Bonjour,' : `Bonjour ${d.name},`}\n\nNous avons reçu votre demande et reviendrons vers vous. Sa référence est ${d.reference} : répondez à ce message pour ajouter quelque chose.`,
};

/** Le seul courriel qui demande si l’on est satisfait ; les réponses, de la pire à la meilleure. */
export const satisfaction: typeof en.satisfaction = {
  body: (d) =>
    `${d.name === '' ? 'Bonjour,' : `Bonjour ${d.name},`}\n\nNous considérons ${d.reference} comme réglé. Êtes-vous satisfait de ce qui a été fait ? Un clic suffit. Si ce n’est pas réglé, répondez simplement à ce message.`,
  scores: ['Pas satisfait', 'Moyennement satisfait', 'Satisfait'],
};

/** Nom d’un fichier joint qui n’en a pas. */
export const attachmentName: typeof en.attachmentName = (number) => `fichier-${number}`;

/** Les mots autour des réponses que l’assistance envoie. */
export const answers: typeof en.answers = {
  replyAbove: 'Répondez au-dessus de cette ligne.',
  wrote: (d) => `Le ${d.at}, ${d.name} a écrit :`,
  earlier: (count) => (count === 1 ? '1 message précédent' : `${count} messages précédents`),
  reference: (reference) => `Votre demande : ${reference}`,
  cut: 'La suite de ce message n’est pas reprise ici.',
};

/** Titre d’un billet dont le courriel ne dit rien. */
export const noSubject: string = 'Courriel sans objet';
