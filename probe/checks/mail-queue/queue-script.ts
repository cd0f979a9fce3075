import { shellQuote } from '#ssh/shell-quote.ts';
import type { MailQueueSettings } from './settings.ts';

/**
 * Sums the queue up on the host itself, because a full one is megabytes long. POSIX awk. What mail brings with it (senders,
 * recipients, reasons) comes after the fields read here, in JSON strings whose quotes are escaped, so that it cannot pose as
 * one of them. postqueue(1): one JSON object a line.
 */
const sumPostfix = String.raw`
function field(name, shape) { return match($0, "\"" name "\": " shape) ? substr($0, RSTART + length(name) + 4, RLENGTH - length(name) - 4) : "" }
/^\{/ {
  queue = field("queue_name", "\"[a-z]+\""); gsub(/"/, "", queue)
  if (queue == "") next
  n[queue]++; bytes += field("message_size", "[0-9]+")
  at = field("arrival_time", "[0-9]+") + 0
  if (queue != "hold" && (oldest == 0 || at < oldest)) oldest = at
  why = substr(field("delay_reason", "\"[^\"]*"), 2, 160)
  if (why != "" && (why in whys || kinds < 500)) { if (!(why in whys)) kinds++; whys[why]++ }
}
END {
  for (queue in n) print "n", queue, n[queue]
  printf "bytes %.0f\n", bytes
  if (oldest > 0) printf "oldest %.0f\n", now - oldest
  for (i = 0; i < 5; i++) { best = ""; for (why in whys) if (best == "" || whys[why] > whys[best]) best = why; if (best == "") break; print "why", whys[best], best; delete whys[best] }
}`;

/**
 * Sums up what mailq says in the words of Exim (age, size, id, sender; `*** frozen ***`), of Sendmail (id, size, weekday,
 * month, day, time, sender; the reason in brackets below) or of an old Postfix.
 */
const sumMailq = String.raw`
function seconds(age) { return age * (age ~ /w$/ ? 604800 : age ~ /d$/ ? 86400 : age ~ /h$/ ? 3600 : age ~ /m$/ ? 60 : 1) }
function size(text) { return text * (text ~ /M$/ ? 1048576 : text ~ /K$/ ? 1024 : 1) }
function reason(why) { why = substr(why, 1, 160); if (why != "" && (why in whys || kinds < 500)) { if (!(why in whys)) kinds++; whys[why]++ } }
/^ *[0-9]+[smhdw] +[0-9.]+[KM]? +[0-9A-Za-z]+-[0-9A-Za-z]+-[0-9A-Za-z]+ / {
  queue = /\*\*\* frozen \*\*\*$/ ? "hold" : "deferred"
  n[queue]++; bytes += size($2); if (queue == "deferred" && seconds($1) > oldest) oldest = seconds($1); next
}
/^ *[0-9A-Za-z]+[*!X-]?\?* +[0-9]+ +(Mon|Tue|Wed|Thu|Fri|Sat|Sun) / {
  mark = substr($1, length($1)); queue = mark == "*" ? "active" : mark == "!" ? "hold" : "deferred"
  n[queue]++; bytes += $2
  month = (index("JanFebMarAprMayJunJulAugSepOctNovDec", $4) + 2) / 3; split($6, clock, ":")
  # No year is told: the last such day that is not in the future.
  age = (today - (month * 31 + $5)) * 86400 + timeofday - clock[1] * 3600 - clock[2] * 60
  if (age < -86400) age += 372 * 86400
  if (queue != "hold" && age > oldest) oldest = age; next
}
/^ *\(/ { line = $0; sub(/^ *\(/, "", line); sub(/\) *$/, "", line); reason(line) }
END {
  for (queue in n) print "n", queue, n[queue]
  printf "bytes %.0f\n", bytes
  if (oldest > 0) printf "oldest %.0f\n", oldest
  for (i = 0; i < 5; i++) { best = ""; for (why in whys) if (best == "" || whys[why] > whys[best]) best = why; if (best == "") break; print "why", whys[best], best; delete whys[best] }
}`;

/** The command to run on the host; its output is for `readQueue`. */
export function queueCommand({ software, instance }: MailQueueSettings): string {
  const option = instance === '' ? '' : `-c ${shellQuote(instance)} `;
  const postfix = `{ echo "software postfix"; ${tally(`postqueue ${option}-j`, sumPostfix, '-v now="$(date +%s)"')}; }`;
  const clock = `-v today="$(date '+%m %d' | awk '{ print $1 * 31 + $2 }')" -v timeofday="$(date '+%H %M' | awk '{ print $1 * 3600 + $2 * 60 }')"`;
  const mailq = `{ echo "software mailq"; ${tally('mailq', sumMailq, clock)}; }`;
  // Accounts other than root often lack the folders of administration in their path.
  const prelude = 'LC_ALL=C; PATH="$PATH:/usr/sbin:/sbin:/usr/local/sbin"; export LC_ALL PATH';
  if (software === 'postfix') return `${prelude}; ${postfix}`;
  if (software === 'mailq') return `${prelude}; ${mailq}`;
  return `${prelude}; if command -v postqueue >/dev/null; then ${postfix}; else ${mailq}; fi`;
}

/** Runs a lister into awk, and says how the lister ended; what it complains of goes to the error output. */
function tally(lister: string, program: string, variables: string): string {
  return `{ ${lister} || echo "exit $?" >&2; } | awk ${variables} ${shellQuote(program)}`;
}
