import { readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Daemon } from '../test/real/daemons/daemon.ts';
import { inOwnFolder } from '../test/real/daemons/own-folder.ts';

/** A web server that every check of a measurement asks. */
export interface NginxTarget extends AsyncDisposable {
  /** Requests and connections that it has taken so far, by its own count. */
  taken(): Promise<{ readonly connections: number; readonly requests: number }>;
  /** The file behind `/metrics`. */
  readonly page: string;
  /** When each address was asked since the last time this was called, in milliseconds. Only when it keeps them. */
  arrivals(): Promise<ReadonlyMap<string, readonly number[]>>;
}

const configuration = (folder: string, log: string): string => `
daemon off;
worker_processes 1;
user root;
pid ${folder}/pid;
error_log ${folder}/error.log crit;
events { worker_connections 8192; }
http {
  log_format arrival '$server_addr $msec';
  access_log ${log};
  client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder};
  uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
  server {
    listen 80 backlog=8192;
    default_type text/plain;
    location = /count { access_log off; stub_status; allow 127.0.0.1; deny all; }
    location = /metrics { root ${folder}; }
    location / { return 200 "${'a page of a thousand bytes, like a small health page '.repeat(19)}"; }
  }
}
`;

async function taken(): Promise<{ connections: number; requests: number }> {
  const text = await (await fetch('http://127.0.0.1/count')).text();
  const [, connections = '0', requests = '0'] = /^\s*(\d+) \d+ (\d+)\s*$/mu.exec(text) ?? [];
  return { connections: Number(connections), requests: Number(requests) };
}

/** Starts nginx on port 80 of every address of this network. */
export function startNginxTarget({ keepsArrivals = false } = {}): Promise<NginxTarget> {
  return inOwnFolder('bench-nginx', async (folder, own) => {
    const file = path.join(folder, 'nginx.conf');
    const log = path.join(folder, 'arrivals');
    const page = path.join(folder, 'metrics');
    await writeFile(page, '');
    await writeFile(file, configuration(folder, keepsArrivals ? `${log} arrival` : 'off'));
    const words = ['-c', file, '-e', path.join(folder, 'error.log')];
    const daemon = own.use(new Daemon('/usr/sbin/nginx', words));
    await daemon.ready(async () => (await taken()).requests > 0);
    return {
      page,
      taken,
      async arrivals() {
        const text = await readFile(log, 'utf8');
        await truncate(log);
        return byAddress(text);
      },
    };
  });
}

function byAddress(text: string): Map<string, number[]> {
  const all = new Map<string, number[]>();
  for (const line of text.split('\n')) {
    const [address = '', seconds] = line.split(' ');
    if (seconds === undefined) continue;
    const times = all.get(address) ?? [];
    times.push(Number(seconds) * 1_000);
    all.set(address, times);
  }
  return all;
}
