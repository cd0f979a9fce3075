import { accounts } from '../accounts.ts';
import { hostAddresses, type HostPlan, type PlanMaterial } from '../plans.ts';
import { recordedDevices } from '../recorded-devices.ts';
import { certificateFiles } from './certificate-files.ts';

/**
 * time1: chrony gives out the machine's own time, and never touches that clock (`-x`), which is everybody's.
 */
export function timeServer(): HostPlan {
  return {
    units: ['chrony'],
    files: {
      '/etc/chrony/chrony.conf': { text: 'allow 10.77.0.0/16\nlocal stratum 3\n' },
      // The package's own waits for the right to set a clock, which no host of the lab has.
      '/etc/systemd/system/chrony.service': {
        text: '[Service]\nExecStart=/usr/sbin/chronyd -x -d -u root -f /etc/chrony/chrony.conf\nRuntimeDirectory=chrony\n[Install]\nWantedBy=multi-user.target\n',
      },
    },
  };
}

/** files1: FTP, plain and with TLS; SFTP is there as on every host. */
export function fileServer({ certificates }: PlanMaterial): HostPlan {
  const { user, password } = accounts.files;
  return {
    units: ['vsftpd'],
    files: {
      ...certificateFiles('/etc/lab', certificates),
      '/etc/vsftpd.conf': {
        text: `listen=YES
anonymous_enable=NO
local_enable=YES
write_enable=YES
chroot_local_user=YES
allow_writeable_chroot=YES
secure_chroot_dir=/var/run/vsftpd/empty
pam_service_name=vsftpd
seccomp_sandbox=NO
pasv_min_port=40000
pasv_max_port=40100
ssl_enable=YES
force_local_data_ssl=NO
force_local_logins_ssl=NO
require_ssl_reuse=NO
ssl_ciphers=HIGH
rsa_cert_file=/etc/lab/site.crt
rsa_private_key_file=/etc/lab/site.key
`,
      },
    },
    afterBoot: `set -eu
useradd --create-home --shell /bin/bash ${user}
echo '${user}:${password}' | chpasswd
runuser -u ${user} -- sh -c 'echo "by hand" > ~/delivery.txt'
`,
  };
}

/** net1: recorded devices behind one SNMP agent, and the building's messages (MQTT). */
export function equipment(): HostPlan {
  const { user, password } = accounts.messages;
  const recordings = Object.entries(recordedDevices).map(
    ([name, recording]) => [`/etc/lab/recordings/${name}.snmprec`, { text: `${recording.join('\n')}\n` }] as const,
  );
  const data = '/var/lib/devices';
  return {
    units: ['devices', 'mosquitto'],
    files: {
      ...Object.fromEntries(recordings),
      // It gives up root's rights and then writes its index.
      '/etc/systemd/system/devices.service': {
        text: `[Service]
Environment=HOME=${data}
ExecStartPre=sh -c 'mkdir -p ${data}; test -e ${data}/switch.snmprec || cp /etc/lab/recordings/switch.snmprec /etc/lab/recordings/ups.snmprec /etc/lab/recordings/printer.snmprec /etc/lab/recordings/chassis.snmprec ${data}; chown -R nobody:nogroup ${data}'
ExecStart=/usr/bin/snmpsimd --data-dir=${data} --cache-dir=${data}/cache --agent-udpv4-endpoint=${hostAddresses.net1}:161 --process-user=nobody --process-group=nogroup --logging-method=null
Restart=on-failure
RestartSec=200ms
[Install]
WantedBy=multi-user.target
`,
      },
      '/etc/mosquitto/mosquitto.conf': {
        text: 'listener 1883\nallow_anonymous false\npassword_file /etc/mosquitto/lab.passwords\nsys_interval 1\npersistence false\n',
      },
      '/etc/systemd/system/mosquitto.service.d/lab.conf': {
        text: `[Service]\nExecStartPre=sh -c 'touch /etc/mosquitto/lab.passwords; mosquitto_passwd -b /etc/mosquitto/lab.passwords ${user} ${password}; chown mosquitto /etc/mosquitto/lab.passwords'\n`,
      },
    },
  };
}
