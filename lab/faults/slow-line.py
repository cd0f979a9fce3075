"""Stands between a host's visitors and its servers: holds back every piece (delay, in ms), or lets
so many bytes a second through, one by one (drip). nft leads the visitors here; the kernel knows where they wanted to go."""

import asyncio
import socket
import struct
import sys

kind, amount = sys.argv[1], int(sys.argv[2])


async def carry(reader, writer):
    try:
        while piece := await reader.read(65536):
            if kind == "delay":
                await asyncio.sleep(amount / 1000)
                writer.write(piece)
            else:
                for byte in piece:
                    writer.write(bytes([byte]))
                    await asyncio.sleep(1 / amount)
            await writer.drain()
        writer.write_eof()
    except (OSError, asyncio.CancelledError):
        pass


async def visit(reader, writer):
    wanted = writer.get_extra_info("socket").getsockopt(socket.SOL_IP, 80, 16)
    (port,) = struct.unpack_from("!H", wanted, 2)
    try:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        writer.transport.abort()
        return
    await asyncio.gather(carry(reader, far_writer), carry(far_reader, writer))
    far_writer.close()
    writer.close()


async def main():
    server = await asyncio.start_server(visit, "0.0.0.0", 7001)
    async with server:
        await server.serve_forever()


asyncio.run(main())
