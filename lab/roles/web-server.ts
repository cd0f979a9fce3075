import { accounts } from '../accounts.ts';
import { zone, type HostPlan, type PlanMaterial } from '../plans.ts';
import { certificateFiles } from './certificate-files.ts';

/** web1: the shop. */
export function webServer({ certificates }: PlanMaterial): HostPlan {
  return {
    units: ['nginx', 'fcgiwrap.socket', 'srv-files.mount'],
    files: {
      '/etc/nginx/sites-enabled/shop': {
        text: `server {
  listen 80 default_server;
  listen 443 ssl default_server;
  server_name www.${zone} web1.${zone};
  ssl_certificate /etc/nginx/lab/site.crt;
  ssl_certificate_key /etc/nginx/lab/site.key;
  root /var/www/shop;
  default_type text/html;
  include /etc/nginx/lab/fault*.conf;
  location = /health { default_type text/plain; return 200 "ok\\n"; }
  location = /stock {
    include fastcgi_params;
    fastcgi_param SCRIPT_FILENAME /usr/local/lib/shop/stock;
    fastcgi_pass unix:/run/fcgiwrap.socket;
  }
}
`,
      },
      ...certificateFiles('/etc/nginx/lab', certificates),
      '/var/www/shop/index.html': {
        text: '<!doctype html>\n<html lang="en"><title>The shop</title><h1>The shop is open</h1></html>\n',
      },
      // The page that needs the database and, to find it by name, the name server.
      '/usr/local/lib/shop/stock': {
        mode: 0o755,
        text: `#!/bin/sh
export PGPASSWORD=${accounts.shop.password} PGCONNECT_TIMEOUT=3
if rows=$(psql -h db1.${zone} -U ${accounts.shop.user} -At -c 'select name, pieces from stock order by name' shop 2>&1)
then printf 'Content-Type: text/plain\\r\\n\\r\\n%s\\n' "$rows"
else printf 'Status: 503 Service Unavailable\\r\\nContent-Type: text/plain\\r\\n\\r\\n%s\\n' "$rows"
fi
`,
      },
      // A small disk of its own, so that it can be full.
      '/etc/systemd/system/srv-files.mount': {
        text: '[Mount]\nWhat=tmpfs\nWhere=/srv/files\nType=tmpfs\nOptions=size=16m,nr_inodes=4k\n[Install]\nWantedBy=local-fs.target\n',
      },
    },
  };
}
