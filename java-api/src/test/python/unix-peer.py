# SPDX-License-Identifier: Apache-2.0
"""A peer for Unix domain sockets that knows Python's standard library alone.

usage: unix-peer.py client|server stream|datagram|seqpacket PATH PID

A client connects to the server at PATH, a server takes one client there; PID is the process at the
other end. The client greets first: a message with two descriptors, memory to be read and a pipe to
be written, and one with its credentials. The server does the same. After that it echoes what comes.
Twin: java-api/src/test/c/unix-peer.c.
"""

import os
import socket
import struct
import sys

TYPES = {"stream": socket.SOCK_STREAM, "datagram": socket.SOCK_DGRAM, "seqpacket": socket.SOCK_SEQPACKET}
UCRED = struct.Struct("3i")
LONGEST = 65536

role, kind, path, pid = sys.argv[1:]


def require_equal(actual, expected):
    if actual != expected:
        sys.exit(f"{actual!r} is not {expected!r}")


def say(line):
    print(line, flush=True)


def open_client():
    client = socket.socket(socket.AF_UNIX, TYPES[kind])
    if kind == "datagram":
        client.bind(path + ".client")
    client.connect(path)
    return client


def open_server():
    server = socket.socket(socket.AF_UNIX, TYPES[kind])
    server.bind(path)
    if kind == "datagram":
        say("ready")
        _, sender = server.recvfrom(1, socket.MSG_PEEK)
        server.connect(sender)
        return server
    server.listen()
    say("ready")
    with server:
        return server.accept()[0]


def greet(peer):
    """Returns the pipe that the other side writes into."""
    memory = os.memfd_create("greeting")
    os.write(memory, b"memory of a peer")
    source, sink = os.pipe()
    socket.send_fds(peer, [b"two descriptors."], [memory, sink])
    os.close(memory)
    os.close(sink)
    own = UCRED.pack(os.getpid(), os.geteuid(), os.getegid())
    peer.sendmsg([b"and who sends it"], [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, own)])
    return source


def be_greeted(peer):
    data, fds, flags, _ = socket.recv_fds(peer, 16, 2)
    require_equal((data, len(fds), flags & socket.MSG_CTRUNC), (b"two descriptors.", 2, 0))
    memory, sink = fds
    require_equal(os.pread(memory, 100, 0), b"memory of Java")
    os.write(sink, b"written by a peer")
    os.close(memory)
    os.close(sink)
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    data, control, flags, _ = peer.recvmsg(16, socket.CMSG_SPACE(UCRED.size))
    require_equal(data, b"and who sends it")
    java = (int(pid), os.geteuid(), os.getegid())
    require_equal([UCRED.unpack(c[2]) for c in control], [java])
    if kind != "datagram":
        connected = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, UCRED.size)
        require_equal(UCRED.unpack(connected), java)
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)


def read_answer(source):
    with os.fdopen(source, "rb") as pipe:
        require_equal(pipe.read(), b"written by Java")


peer = open_client() if role == "client" else open_server()
if role == "client":
    source = greet(peer)
    be_greeted(peer)
else:
    be_greeted(peer)
    source = greet(peer)
read_answer(source)
say("greeted")
while True:
    message = peer.recv(LONGEST)
    if not message:
        break
    peer.sendall(message)
