import type { AnyCheckKind } from '#probe/check-kind.ts';
import { composite } from './composite/composite.ts';
import { dns } from './dns/dns.ts';
import { heartbeat } from './heartbeat/heartbeat.ts';
import { http } from './http/http.ts';
import { icmp } from './icmp/icmp.ts';
import { ldap } from './ldap/ldap.ts';
import { localHost } from './local-host/local-host.ts';
import { mqtt } from './mqtt/mqtt.ts';
import { mysql } from './mysql/mysql.ts';
import { ntp } from './ntp/ntp.ts';
import { ownLine } from './own-line/own-line.ts';
import { postgresql } from './postgresql/postgresql.ts';
import { rabbitmq } from './rabbitmq/rabbitmq.ts';
import { redis } from './redis/redis.ts';
import { smtp } from './smtp/smtp.ts';
import { imap } from './imap/imap.ts';
import { pop3 } from './pop3/pop3.ts';
import { mailQueue } from './mail-queue/mail-queue.ts';
import { mailRoundTrip } from './mail-round-trip/mail-round-trip.ts';
import { mailDomain } from './mail-domain/mail-domain.ts';
import { blocklist } from './blocklist/blocklist.ts';
import { sshCommand } from './ssh-command/ssh-command.ts';
import { systemdUnit } from './systemd-unit/systemd-unit.ts';
import { tcp } from './tcp/tcp.ts';
import { tls } from './tls/tls.ts';
import { udp } from './udp/udp.ts';
import { httpSteps } from './http-steps/http-steps.ts';
import { prometheus } from './prometheus/prometheus.ts';
import { linuxHost } from './linux-host/linux-host.ts';
import { linuxExporter } from './linux-exporter/linux-exporter.ts';
import { windows } from './windows/windows.ts';
import { snmp } from './snmp/snmp.ts';
import { snmpInterfaces } from './snmp-interfaces/snmp-interfaces.ts';
import { snmpHost } from './snmp-host/snmp-host.ts';
import { snmpUps } from './snmp-ups/snmp-ups.ts';
import { snmpPrinter } from './snmp-printer/snmp-printer.ts';
import { snmpSensors } from './snmp-sensors/snmp-sensors.ts';
import { nagiosPlugin } from './nagios-plugin/nagios-plugin.ts';
import { ssh } from './ssh/ssh.ts';
import { sftp } from './sftp/sftp.ts';
import { dnsZone } from './dns-zone/dns-zone.ts';
import { dnssec } from './dnssec/dnssec.ts';
import { ftp } from './ftp/ftp.ts';
import { dhcp } from './dhcp/dhcp.ts';
import { vigie } from './vigie/vigie.ts';
import { process } from './process/process.ts';
import { file } from './file/file.ts';
import { log } from './log/log.ts';
import { websocket } from './websocket/websocket.ts';
import { grpc } from './grpc/grpc.ts';

/** Every kind of check, by the name it is stored under. Adding a folder and a line here is all that a new kind needs. */
export const kinds: ReadonlyMap<string, AnyCheckKind> = new Map(
  [
    icmp,
    tcp,
    udp,
    http,
    tls,
    dns,
    ntp,
    smtp,
    imap,
    pop3,
    mailQueue,
    mailRoundTrip,
    mailDomain,
    blocklist,
    sshCommand,
    systemdUnit,
    localHost,
    ownLine,
    heartbeat,
    composite,
    httpSteps,
    prometheus,
    postgresql,
    linuxHost,
    linuxExporter,
    windows,
    snmp,
    snmpInterfaces,
    snmpHost,
    snmpUps,
    snmpPrinter,
    snmpSensors,
    nagiosPlugin,
    redis,
    ldap,
    ssh,
    sftp,
    dnsZone,
    dnssec,
    mysql,
    mqtt,
    ftp,
    dhcp,
    vigie,
    process,
    file,
    log,
    rabbitmq,
    websocket,
    grpc,
  ].map((kind) => [kind.name, kind]),
);
