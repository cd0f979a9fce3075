import { command } from '../lab/command.ts';
import { inNamespace, networkNames } from '../lab/network.ts';
import { startLab, type Lab, type Place } from '../lab/start-lab.ts';
import { serveVigie, type ServedVigie } from './served-vigie.ts';

/** A lab of wires without machines, and a Vigie in its head office. */
export interface WiredVigie extends AsyncDisposable {
  readonly lab: Lab;
  readonly vigie: ServedVigie;
  /** Steps of `ip -batch` in a place. */
  readonly ip: (place: Place, ...steps: readonly string[]) => Promise<unknown>;
  /** Answers on a TCP port at every address of a place, until the end. */
  readonly answer: (place: Place, port: number) => Promise<void>;
}

const door = `require('node:net').createServer((socket) => socket.end())
  .listen(Number(process.argv[1]), '0.0.0.0', () => console.log('ready'))`;

/** Something else hangs on the head office's bridge: when a line to elsewhere is cut, the link itself stays up. */
const otherOnBridge = [
  'link add other type veth peer name other-far',
  'link set other master lab0',
  'link set other up',
  'link set other-far up',
];

export async function startWiredVigie(): Promise<WiredVigie> {
  await using ending = new AsyncDisposableStack();
  const lab = ending.use(await startLab({ hosts: [] }));
  const ip = (place: Place, ...steps: readonly string[]): Promise<unknown> =>
    command(['nsenter', ...inNamespace(networkNames(lab.name)[place]), 'ip', '-batch', '-'], {
      input: `${steps.join('\n')}\n`,
    });
  await ip('main', ...otherOnBridge);
  const vigie = ending.use(await serveVigie(lab));
  await vigie.start();
  const kept = ending.move();
  return {
    lab,
    vigie,
    ip,
    async answer(place, port) {
      const child = lab.run(
        [process.execPath, '--eval', door, String(port)],
        { stdio: ['ignore', 'pipe', 'inherit'] },
        place,
      );
      kept.defer(() => void child.kill('SIGKILL'));
      await new Promise((resolve) => child.stdout?.once('data', resolve));
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
