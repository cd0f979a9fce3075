import { expect, test } from 'vitest';
import { kinds } from '#probe/checks/kinds.ts';
import { withoutSecrets } from '#platform/audit.ts';

const secret = 'open sesame';

test.each([...kinds.values()].map((kind) => [kind.name, kind] as const))(
  'the audit trail keeps no secret of a check of the kind %s',
  (_name, kind) => {
    const settings = Object.fromEntries(kind.secrets().map((field) => [field, secret]));
    expect(JSON.stringify(withoutSecrets({ settings, items: [{ settings }] }))).not.toContain(secret);
  },
);
