/** Why a message became what it became: one sentence for each rule, followed on the screen by the words it stood on. */
export const flightRules = {
  received_smtp: 'It came in by the desk’s own mail server.',
  received_imap: 'It was fetched from a mailbox.',
  received_again: 'The same message had come before, so it was not taken a second time.',
  quarantined: 'It could not be read within the bounds and was set aside, whole, for a person to look at.',
  message_read: 'It was read.',
  note_charset: 'Its character set was wrong or missing; the text was read as what it looks like.',
  note_cut: 'It is larger than what is shown; the whole is kept.',
  note_structure: 'Its structure breaks the rules of mail and was read as far as it goes.',
  note_parts_differ: 'Its plain text and its formatted text say different things; the formatted one is shown.',
  note_winmail: 'Outlook had packed it into a winmail.dat, which was opened.',
  own_mail: 'It is a mail of this desk that came back: its signature is ours.',
  bounce_report: 'A mail server reports that a mail did not arrive.',
  bounce_text: 'Its words are those of a mail server’s report that a mail did not arrive.',
  read_receipt: 'It only says that a mail was read or deleted.',
  dmarc_report: 'It is a report that mail servers send each other about forged mail.',
  calendar_answer: 'It is a calendar’s answer to an invitation.',
  auto_submitted: 'Its header says that a program wrote it.',
  auto_header: 'It carries a header that only automatic replies have.',
  auto_precedence: 'It is marked as an automatic reply.',
  auto_subject: 'Its subject is that of an automatic reply.',
  auto_text: 'It answers a mail with the words of an absence notice.',
  list_header: 'It went to a mailing list.',
  list_precedence: 'It is marked as sent to many.',
  null_return_path: 'Its envelope names no sender, so nobody may answer it.',
  robot_sender: 'Its sender’s address belongs to a program.',
  suppress_header: 'Its sender asks programs not to answer.',
  person: 'Nothing says that a program wrote it: it is taken for a person’s.',
  auth_not_set_up: 'Nobody has said which mail server’s verdict on senders to believe.',
  auth_missing: 'Our mail server gave no verdict on the sender.',
  auth_nothing_said: 'Our mail server could prove nothing about the sender.',
  auth_passed: 'Our mail server confirms the sender’s domain.',
  auth_failed: 'Our mail server says that the sender’s domain did not send it: the sender may be forged.',
  token_valid: 'It answers a mail of this ticket: the signed id is ours.',
  token_forged: 'It shows an id that looks like ours and is not signed by us; it was ignored.',
  plus_address: 'It was sent to the ticket’s own address.',
  known_id: 'It answers a mail that is already in this ticket.',
  no_thread: 'It answers nothing that is known; the subject alone never counts.',
  writer_known: 'Its writer takes part in the ticket.',
  writer_stranger: 'Its writer does not take part in the ticket: it is kept with it and marked as unverified.',
  writer_spoofed: 'Its writer may be forged: it is kept and marked as unverified.',
  forwarded: 'Somebody passed it on; the first writer is proposed as requester.',
  folded: 'Quoted text, signatures and notices in it were folded; nothing was removed.',
  shown_whole: 'All of it looked like a quote or a signature, so all of it is shown.',
  answer_allowed: 'An automatic answer was within all bounds.',
  answer_not_to_programs: 'No program answers it, because no person wrote it or its writer asked for silence.',
  budget_address: 'This address got as many automatic mails as one may get in that time.',
  budget_domain: 'This domain got as many automatic mails as one may get in that time.',
  budget_ticket: 'This ticket sent as many automatic mails as one may send in that time.',
  budget_overall: 'The whole desk sent as many automatic mails as it may in that time: somebody has to look.',
  budget_untouched: 'Many automatic mails went there since a person last acted: it may be a loop, and it ends here.',
  budget_same_words: 'The same words came again and again within a day: a program writes them.',
  sent: 'The outgoing mail server took it.',
  send_later: 'The outgoing mail server could not take it yet; it will be tried again.',
  send_refused: 'The outgoing mail server will never take it.',
  send_gave_up: 'It could not be handed over for two days, so it was given up.',
  send_too_large: 'It is larger than what mail servers take.',
  send_no_mailbox: 'No mailbox is set up by which it could leave.',
  bounced: 'A mail server reports that it did not arrive.',
  delayed: 'A mail server reports that it has not arrived yet and is still tried.',
  ticket_opened: 'It opened a ticket.',
  ticket_rule: 'A rule of the desk held.',
  ticket_kept: 'It opened no ticket and is kept here.',
  ticket_by_hand: 'Somebody opened a ticket of it by hand.',
  reply_added: 'It was added to its ticket.',
  note_added: 'It was added to its ticket as an internal note: it changes nothing there.',
  reply_merged: 'Its ticket was merged into another, so it is read there.',
  reply_reopened: 'Its ticket was over and was opened again.',
  reply_too_late: 'Its ticket has been over for longer than answers open it again: a new one was opened and linked.',
  requester_known: 'Its sender is known.',
  requester_made: 'Its sender was not known and was added to those who are helped.',
  bounce_noted: 'It is shown on the mail that it reports on.',
  bounce_unknown: 'It reports on a mail that this desk did not send.',
  program_attached: 'A file in it could run on the reader’s machine: it is marked, and never opened in place.',
  calendar_invite: 'It invites to an appointment.',
  writer_trusted: 'Somebody here took its writer in.',
};

/** Why a mail was set aside. */
export const quarantineReasons: Readonly<Record<string, string>> = {
  too_large: 'It is too large.',
  too_slow: 'Reading it took too long.',
  too_much_memory: 'Reading it took too much memory.',
  headers_too_long: 'Its header is too long.',
  no_headers: 'It has no header.',
  unreadable: 'It cannot be read.',
  failed: 'Taking it in failed again and again.',
};

/** What is wrong with one way of a mailbox, and what to do. */
export const mailTroubles: Readonly<Record<string, string>> = {
  '': 'Works',
  not_set: 'Not set up',
  name_unknown: 'The name of the server leads to no address. Look for a typing mistake.',
  address_forbidden: 'The server’s name leads to an address that is not open: it belongs to a provider’s machinery.',
  connection_refused: 'Nothing listens there. Look at the port, and at the firewall of the server.',
  timed_out: 'The server did not answer in time. Look at the port, and at firewalls on the way.',
  certificate:
    'The server’s certificate is not believed. Give its authority’s certificate, or the name that the certificate is for.',
  tls: 'No encryption could be agreed on. Look at whether the port wants TLS at once or STARTTLS.',
  sign_in_refused: 'The server refuses the name or the password.',
  folder_missing: 'There is no such folder in the mailbox.',
  consent_missing: 'Nobody has agreed to the access yet. Ask for consent.',
  consent_withdrawn: 'The provider no longer grants access. Ask for consent again.',
  sender_refused: 'The server does not let this address send.',
  unreachable: 'The server could not be spoken to.',
  port_taken: 'Another program listens on this port.',
};

/** What the desk says by itself. */
export const confirmation = {
  body: (d: { readonly name: string; readonly reference: string }): string =>
    `${d.name === '' ? 'Hello,' : `Hello ${d.name},`}\n\nWe have received your request and will get back to you. Its reference is ${d.reference}: answer this message to add something.`,
};

/** The one mail that asks whether somebody is satisfied; the answers from the worst to the best. */
export const satisfaction = {
  body: (d: { readonly name: string; readonly reference: string }): string =>
    `${d.name === '' ? 'Hello,' : `Hello ${d.name},`}\n\nWe consider ${d.reference} done. Are you satisfied with what was done? One click is enough. If it is not done, just answer this message.`,
  scores: ['Not satisfied', 'Half satisfied', 'Satisfied'],
};

/** The name of a file that came without one. */
export const attachmentName = (number: number): string => `file-${number}`;

/** Words around the answers that the desk sends. */
export const answers = {
  replyAbove: 'Reply above this line to answer.',
  wrote: (d: { readonly name: string; readonly at: string }): string => `On ${d.at}, ${d.name} wrote:`,
  earlier: (count: number): string => (count === 1 ? '1 earlier message' : `${count} earlier messages`),
  reference: (reference: string): string => `Your request: ${reference}`,
  cut: 'The rest of this message is not repeated here.',
};

/** The title of a ticket whose mail says nothing. */
export const noSubject = 'Mail without a subject';
