import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Daemon } from '../test/real/daemons/daemon.ts';
import { inOwnFolder } from '../test/real/daemons/own-folder.ts';
import { giveTo } from '../test/real/daemons/own-user.ts';
import { targetAddress } from './own-network.ts';
import { pidsOf, type Peer, type PeerLoad } from './peer.ts';

const [prometheusPort, blackboxPort] = [9_090, 9_115];

/** Prometheus with blackbox_exporter, both of Debian: each address is a target, and one rule looks at them all. */
export function startPrometheus(load: PeerLoad): Promise<Peer> {
  return inOwnFolder('bench-prometheus', async (folder, own) => {
    // JSON is YAML.
    const write = (name: string, content: object): Promise<void> =>
      writeFile(join(folder, name), JSON.stringify(content));
    await write('blackbox.yml', blackboxSettings);
    await write('prometheus.yml', prometheusSettings(load));
    await write('rules.yml', rules);
    await giveTo('prometheus', folder);
    const asPrometheus = { user: 'prometheus' };
    const blackbox = own.use(
      new Daemon(
        '/usr/bin/prometheus-blackbox-exporter',
        [`--config.file=${folder}/blackbox.yml`, `--web.listen-address=127.0.0.1:${blackboxPort}`],
        asPrometheus,
      ),
    );
    await blackbox.listening(blackboxPort);
    const server = own.use(
      new Daemon(
        '/usr/bin/prometheus',
        [
          `--config.file=${folder}/prometheus.yml`,
          `--storage.tsdb.path=${folder}/data`,
          `--web.listen-address=127.0.0.1:${prometheusPort}`,
        ],
        asPrometheus,
      ),
    );
    await server.listening(prometheusPort);
    return pidsOf(server, blackbox);
  });
}

const blackboxSettings = {
  modules: { page: { prober: 'http', timeout: '4s', http: { preferred_ip_protocol: 'ip4' } } },
};

const rules = { groups: [{ name: 'bench', rules: [{ alert: 'Down', expr: 'probe_success == 0', for: '10s' }] }] };

function prometheusSettings({ count, intervalMs }: PeerLoad): object {
  const every = `${intervalMs / 1_000}s`;
  const targets = Array.from({ length: count }, (_, index) => `http://${targetAddress(index)}/`);
  return {
    global: { scrape_interval: every, scrape_timeout: '5s', evaluation_interval: every },
    rule_files: ['rules.yml'],
    scrape_configs: [
      {
        job_name: 'blackbox',
        metrics_path: '/probe',
        params: { module: ['page'] },
        static_configs: [{ targets }],
        relabel_configs: [
          { source_labels: ['__address__'], target_label: '__param_target' },
          { source_labels: ['__param_target'], target_label: 'instance' },
          { target_label: '__address__', replacement: `127.0.0.1:${blackboxPort}` },
        ],
      },
    ],
  };
}
