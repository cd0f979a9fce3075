/** A section begins with this and its name. */
const mark = '@@vigie:';

const files = ['loadavg', 'meminfo', 'diskstats', 'net/dev', 'uptime', 'mounts'];

const updates = `if command -v apt-get >/dev/null 2>&1; then
  apt-get -s -qq -o Debug::NoLocking=1 dist-upgrade 2>/dev/null | awk '/^Inst /{n++; if ($0 ~ /[Ss]ecurity/) s++} END{print n+0, s+0}'
elif command -v dnf >/dev/null 2>&1; then
  echo "$(dnf -q -C check-update 2>/dev/null | awk 'NF==3{n++} END{print n+0}') $(dnf -q -C updateinfo list --security 2>/dev/null | awk 'NF>=3{n++} END{print n+0}')"
fi`;

/**
 * One command that tells a Linux host's whole state, with tools that every distribution has. `withUpdates` also asks the
 * package manager, from what it last fetched; that takes it a second of processor time, so it is not asked each minute.
 */
export function hostScript(withUpdates: boolean): string {
  const sections: [string, string][] = [
    ['stat', 'head -n 1 /proc/stat'],
    ...files.map((name): [string, string] => [name, `head -c 24000 /proc/${name}`]),
    ['cores', 'getconf _NPROCESSORS_ONLN || nproc'],
    // A dead network file system must not hang the rest: only local ones are asked.
    ['df', 'df -P -k -l | head -n 100'],
    ['dfi', 'df -P -i -l | head -n 100'],
    [
      'units',
      'command -v systemctl >/dev/null && [ -d /run/systemd/system ] && { echo yes; systemctl list-units --state=failed --plain --no-legend --no-pager | head -n 100; }',
    ],
    [
      'reboot',
      'if [ -e /run/reboot-required ] || [ -e /var/run/reboot-required ]; then echo yes; elif [ -d "/lib/modules/$(uname -r)" ] && [ "$(ls -1v /lib/modules | tail -n 1)" != "$(uname -r)" ]; then echo yes; else echo no; fi',
    ],
    ...(withUpdates ? [['updates', updates] satisfies [string, string]] : []),
  ];
  const lines = sections.map(([name, command]) => `echo '${mark}${name}'; { ${command}\n} 2>/dev/null`);
  return `LC_ALL=C; export LC_ALL; ${lines.join('; ')}; true`;
}

/** The output of {@link hostScript}, by section. */
export function readSections(output: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  for (const part of output.split(mark).slice(1)) {
    const end = part.indexOf('\n');
    sections.set(part.slice(0, end).trim(), part.slice(end + 1));
  }
  return sections;
}
