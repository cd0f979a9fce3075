# The target's half of the detached step protocol, in plain POSIX sh, without systemd.
#
#   BASE/<run>.<step>/            made by mkdir: the first gate, which tells "asked for" from "never heard of"
#   BASE/<run>.<step>/try.<n>/    everything one launch needs, complete before anything is started
#   BASE/<run>.<step>/ran/        one try, renamed by its own runner: the second gate, which only one can pass
#       script   preamble with the parameters, and the command; deletes itself as it starts
#       owner    "pid start-time boot-id epoch" of the runner, which leads a session of its own
#       code     "exit-code epoch" once the command has ended, "-" before
#       relay    "open" while output may still come, then "eof", "cut" (limit reached) or "no-room" (disk full)
#       stop     "epoch" once somebody asked to stop it, "-" before
#       out      output and errors in the order they came
#
# The small files are written at full length before the start and overwritten in place, so that a disk that fills up in
# the middle cannot lose the exit code. BASE is ~/.vigie/steps, or a folder of ours in /var/tmp where the home is not
# writable: both outlive a reboot, and both are looked into.
#
# Whoever sends this defines before it: verb and name (not for run); for start also nonce, blocks, script_bytes, protocol_bytes,
# put_script and put_protocol; for follow at and for_seconds; for stop nonce and grace_tenths.

umask_before=$(umask)
umask 077
home_base=${HOME:-/nonexistent}/.vigie
spare_base=/var/tmp/vigie-$(id -u)

nap() { sleep 0.1 2>/dev/null || sleep 1; }

fill() { printf '%-127s\n' "$2" 1<>"$1"; }

size_of() { echo "$(($(wc -c <"$1")))"; }

ours() { [ -d "$1" ] && [ ! -L "$1" ] && [ -O "$1" ]; }

boot_id() {
  cat /proc/sys/kernel/random/boot_id 2>/dev/null || sysctl -n kern.boottime 2>/dev/null | tr -c '0-9\n' _ || echo none
}

# Of a process: with its id, this tells it from a later one that got the same number.
start_time() {
  if [ -r "/proc/$1/stat" ]; then
    line=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
    set -- ${line##*) }
    shift 19
    echo "$1"
  else
    ps -o lstart= -p "$1" 2>/dev/null | tr ' ' _
  fi
}

locate() {
  for base in "$home_base" "$spare_base"; do
    if ours "$base" && ours "$base/steps/$name"; then
      dir=$base/steps/$name
      ran=$dir/ran
      return 0
    fi
  done
  return 1
}

read_code() {
  code=- ended=
  [ ! -f "$ran/code" ] || read -r code ended <"$ran/code" || :
}

read_owner() {
  owner=- born= boot= started=
  [ ! -f "$ran/owner" ] || read -r owner born boot started <"$ran/owner" || :
}

# A runner says who it is at once after taking the gate; give it the moment it needs.
await_owner() {
  read_owner
  read_code
  i=0
  while [ "$owner" = - ] && [ "$code" = - ] && [ "$i" -lt 20 ]; do
    nap
    i=$((i + 1))
    read_owner
    read_code
  done
}

# Everything in the step's session or process group, the dead that nobody has buried yet left out.
members() {
  if [ ! -r /proc/self/stat ]; then
    ps -A -o pid=,pgid=,stat= 2>/dev/null | while read -r pid group state; do
      case $state in
        Z*) ;;
        *) [ "$group" != "$owner" ] || echo "$pid" ;;
      esac
    done
    return 0
  fi
  for process in /proc/[0-9]*; do
    { IFS= read -r line <"$process/stat"; } 2>/dev/null || continue
    set -- ${line##*) }
    [ "$1" != Z ] || continue
    if [ "$3" = "$owner" ] || [ "$4" = "$owner" ]; then echo "${process#/proc/}"; fi
  done
}

same_boot() { [ "$boot" = "$(boot_id)" ]; }

alive() {
  [ "$owner" != - ] && same_boot || return 1
  if kill -s 0 "$owner" 2>/dev/null; then
    [ "$(start_time "$owner")" = "$born" ]
  else
    [ -n "$(members)" ]
  fi
}

report() {
  echo 'vigie-step 1'
  if ! locate; then
    echo 'state absent'
  elif [ ! -d "$ran" ]; then
    echo 'state unstarted'
  else
    report_ran
  fi
  echo end
}

# An orderly shutdown ends every session with a signal: the code is true, but the step did not end by itself.
killed_by_shutdown() {
  case $code in
    129 | 137 | 143) ;;
    *) return 1 ;;
  esac
  [ "$stop" = - ] && [ "$owner" != - ] || return 1
  same_boot || return 0
  [ -d /run/systemd/system ] && [ "$(systemctl is-system-running 2>/dev/null)" = stopping ]
}

report_ran() {
  await_owner
  # In this order: a runner writes its code before it ends.
  if alive; then living=1; else living=0; fi
  read_code
  relay=open stop=-
  read -r relay rest <"$ran/relay" || :
  read -r stop rest <"$ran/stop" || :
  if [ "$code" != - ] && killed_by_shutdown; then
    echo 'state lost'
    echo 'rebooted 1'
  elif [ "$code" != - ]; then
    echo 'state ended'
    echo "code $code"
    echo "ended $ended"
  elif [ "$living" = 1 ]; then
    echo 'state running'
  else
    echo 'state lost'
  fi
  if [ "$owner" != - ]; then
    echo "started $started"
    same_boot || echo 'rebooted 1'
  fi
  echo "relay $relay"
  [ "$stop" = - ] || echo "stop $stop"
  echo "bytes $(size_of "$ran/out")"
}

refuse() {
  [ -z "${try:-}" ] || rm -rf "$try"
  echo 'vigie-step 1'
  echo "refused $1"
  echo end
  exit 0
}

choose_base() {
  for base in "$home_base" "$spare_base"; do
    parent=${base%/*}
    if [ ! -d "$base/steps" ]; then
      if [ -d "$base" ]; then [ -w "$base" ] || continue; else [ -w "$parent" ] || continue; fi
      mkdir -p "$base/steps" 2>/dev/null || [ -d "$base/steps" ] || refuse no-room
    fi
    if ours "$base" && ours "$base/steps" && [ -w "$base/steps" ]; then return 0; fi
  done
  refuse nowhere-to-write
}

prepare_try() {
  try=$dir/try.$nonce
  mkdir "$try" 2>/dev/null || refuse no-room
  {
    put_script >"$try/script"
    put_protocol >"$try/protocol"
    : >"$try/nonce.$nonce"
    : >"$try/out"
    for file in owner code stop; do printf '%-127s\n' - >"$try/$file"; done
    printf '%-127s\n' open >"$try/relay"
  } 2>/dev/null
  [ -e "$try/nonce.$nonce" ] && [ -e "$try/out" ] || refuse no-room
  [ "$(size_of "$try/script")" = "$script_bytes" ] || refuse no-room
  [ "$(size_of "$try/protocol")" = "$protocol_bytes" ] || refuse no-room
  for file in owner code stop relay; do [ "$(size_of "$try/$file")" = 128 ] || refuse no-room; done
}

# In a session of its own, which the end of this connection does not touch.
apart() {
  if command -v setsid >/dev/null 2>&1; then
    exec setsid "$@"
  else
    exec perl -e 'use POSIX; POSIX::setsid(); exec @ARGV' "$@"
  fi
}

start() {
  command -v setsid >/dev/null 2>&1 || command -v perl >/dev/null 2>&1 || refuse no-setsid
  if ! locate; then
    choose_base
    mkdir "$base/steps/$name" 2>/dev/null || [ -d "$base/steps/$name" ] || refuse no-room
    locate || refuse nowhere-to-write
  fi
  if [ ! -d "$ran" ]; then
    prepare_try
    (apart /bin/sh "$try/protocol" "$dir" "$nonce" "$blocks" "$umask_before") </dev/null >/dev/null 2>&1 &
    i=0
    while [ ! -d "$ran" ] && [ "$i" -lt 100 ]; do
      nap
      i=$((i + 1))
    done
    [ ! -e "$ran/nonce.$nonce" ] || echo 'launched 1'
  fi
  report
}

# Started apart, by start, with the step's folder, the nonce of its try, the output limit and the umask of the account.
run() {
  cd "$1" || exit 0
  mv "try.$2" ran 2>/dev/null
  if [ ! -e "ran/nonce.$2" ]; then
    rm -rf "try.$2" "ran/try.$2"
    exit 0
  fi
  cd ran || exit 0
  ran=$PWD
  trap : HUP INT TERM
  fill owner "$$ $(start_time $$) $(boot_id) $(date +%s)"
  {
    trap : HUP INT TERM
    (
      trap - HUP INT TERM
      umask "$4"
      cd "${HOME:-/}" 2>/dev/null || cd /
      exec /bin/sh "$ran/script"
    ) </dev/null
    fill code "$? $(date +%s)"
  } 2>&1 | relay_output "$3"
}

# A file size limit bounds what is kept without holding anything back; what comes after it is read and dropped.
relay_output() {
  exec 2>/dev/null
  trap '' HUP INT TERM
  ulimit -c 0
  if (
    ulimit -f "$1"
    exec cat >out
  ); then
    fill relay eof
    return 0
  fi
  if [ $(($(size_of out) + 512)) -ge $(($1 * 512)) ]; then fill relay cut; else fill relay no-room; fi
  exec cat >/dev/null
}

# Output on standard output, from byte at on and nothing else; on the error stream signs of life, then the report. Ends
# by itself after a while: nothing may be left behind when nobody listens any more.
follow() {
  if ! locate || [ ! -d "$ran" ]; then
    report >&2
    return 0
  fi
  begun=$(date +%s)
  rounds=0 late=0 over=0
  await_owner
  while :; do
    rounds=$((rounds + 1))
    read_code
    if [ "$code" != - ]; then
      # What the command wrote last may still be on its way; something it left running may hold the way open for ever.
      relay=open
      read -r relay rest <"$ran/relay" || :
      late=$((late + 1))
      if [ "$relay" != open ] || [ "$late" -gt 10 ]; then over=1; fi
    elif [ $((rounds % 10)) = 1 ] && ! alive; then
      read_code
      [ "$code" != - ] || over=1
    fi
    size=$(size_of "$ran/out")
    if [ "$size" -gt "$at" ]; then
      tail -c "+$((at + 1))" "$ran/out" | head -c "$((size - at))" || return 0
      at=$size
    fi
    [ "$over" = 0 ] || break
    if [ $((rounds % 10)) = 0 ]; then
      echo . >&2 || return 0
      [ $(($(date +%s) - begun)) -lt "$for_seconds" ] || break
    fi
    nap
  done
  report >&2
}

# Nothing runs yet, but a launch may be under way: take the gate ourselves, so that it finds it closed.
close_gate() {
  try=$dir/try.$nonce
  mkdir "$try" 2>/dev/null || refuse no-room
  : >"$try/nonce.$nonce"
  : >"$try/out"
  fill "$try/owner" -
  fill "$try/code" "143 $(date +%s)"
  fill "$try/relay" eof
  fill "$try/stop" "$(date +%s)"
  mv "$try" "$ran" 2>/dev/null
  [ -e "$ran/nonce.$nonce" ] || rm -rf "$try" "$ran/try.$nonce"
}

await_end() {
  i=0
  left=$(members)
  while [ -n "$left" ] && [ "$i" -lt "$1" ]; do
    nap
    i=$((i + 1))
    left=$(members)
  done
}

stop() {
  if ! locate; then
    report
    return 0
  fi
  [ -d "$ran" ] || close_gate
  await_owner
  left=
  if [ "$code" = - ] && alive; then
    fill "$ran/stop" "$(date +%s)"
    kill -s TERM -- "-$owner" $(members) 2>/dev/null
    await_end "$grace_tenths"
    if [ -n "$left" ]; then
      kill -s KILL -- "-$owner" $left 2>/dev/null
      await_end 20
    fi
    if [ -n "$left" ] && command -v sudo >/dev/null 2>&1; then
      # What the step started as another account can only be ended as that.
      sudo -n kill -s KILL $left 2>/dev/null
      await_end 20
    fi
    read_code
    if [ "$code" = - ] && [ -z "$left" ]; then fill "$ran/code" "137 $(date +%s)"; fi
  fi
  set -- $left
  echo "survivors $#"
  report
}

remove() {
  if locate; then
    if [ -d "$ran" ]; then
      await_owner
      if [ "$code" != - ] || ! alive; then rm -rf "$dir"; fi
    else
      rm -rf "$dir"
    fi
  fi
  report
}

case $verb in
  start) start ;;
  report) report ;;
  follow) follow ;;
  stop) stop ;;
  remove) remove ;;
  run) run "$@" ;;
esac
