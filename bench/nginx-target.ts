import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A web server that every check of a measurement asks. */
export interface NginxTarget extends AsyncDisposable {
  readonly pid: number;
  /** Requests and connections that it has taken so far, by its own count. */
  taken(): Promise<{ readonly connections: number; readonly requests: number }>;
}

const configuration = (folder: string): string => `
daemon off;
worker_processes 1;
user root;
pid ${folder}/pid;
error_log ${folder}/error.log crit;
events { worker_connections 8192; }
http {
  access_log off;
  client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder};
  uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
  server {
    listen 80 backlog=8192;
    default_type text/plain;
    location = /count { stub_status; allow 127.0.0.1; deny all; }
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
export async function startNginxTarget(): Promise<NginxTarget> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vigie-bench-nginx-'));
  await writeFile(path.join(folder, 'nginx.conf'), configuration(folder));
  const child = spawn('nginx', ['-c', path.join(folder, 'nginx.conf'), '-e', path.join(folder, 'error.log')], {
    stdio: 'inherit',
  });
  // Rejects when there is no nginx.
  await once(child, 'spawn');
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const ready = await taken().catch(() => null);
    if (ready !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    pid: child.pid ?? 0,
    taken,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
