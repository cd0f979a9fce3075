import { expect, it } from 'vitest';
import { StreamedFile } from './streamed-file.ts';

function counting(): { readonly file: StreamedFile; readonly made: () => number; readonly closed: () => boolean } {
  let made = 0;
  let closed = false;
  const file = new StreamedFile('a b.csv', 'text/csv', async function* () {
    try {
      for (;;) {
        made += 1;
        yield 'x'.repeat(1_000);
      }
    } finally {
      closed = true;
    }
  });
  return { file, made: () => made, closed: () => closed };
}

it('makes a part when it is asked for, and no more', async () => {
  const { file, made, closed } = counting();
  const reader = file.stream().getReader();
  for (let turn = 0; turn < 10; turn += 1) expect((await reader.read()).value).toHaveLength(1_000);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(made()).toBeLessThan(14);
  await reader.cancel();
  expect(closed()).toBe(true);
});

it('tells the whole text, and its name in any script', async () => {
  const file = new StreamedFile('disponibilité.csv', 'text/csv; charset=utf-8', async function* () {
    yield 'é;';
    yield 'à\r\n';
  });
  expect(await new Response(file.stream()).text()).toBe('é;à\r\n');
  expect(file.headers['content-disposition']).toBe(
    'attachment; filename="disponibilit_.csv"; filename*=UTF-8\'\'disponibilit%C3%A9.csv',
  );
});
