"""A time server (NTP, RFC 5905) whose clock is wrong by so many seconds; it believes itself to be right."""

import socket
import struct
import sys
import time

wrong_by = float(sys.argv[1])
seconds_from_1900_to_1970 = 2_208_988_800


def now():
    return int((time.time() + wrong_by + seconds_from_1900_to_1970) * 2**32) & (2**64 - 1)


server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("0.0.0.0", 123))
while True:
    asked, visitor = server.recvfrom(512)
    received = now()
    if len(asked) < 48 or asked[0] & 7 != 3:
        continue
    version = asked[0] & 0x38
    # No warning, server, stratum 2, the poll that was asked for, precision 2^-20 s, no delay, little dispersion.
    head = struct.pack("!BBBbII4s", version | 4, 2, asked[2], -20, 0, 16, b"\x7f\x00\x00\x01")
    stamps = struct.pack("!Q8sQQ", received, asked[40:48], received, now())
    server.sendto(head + stamps, visitor)
