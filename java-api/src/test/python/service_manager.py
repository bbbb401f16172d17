# SPDX-License-Identifier: Apache-2.0
"""A small service manager: starts a service as systemd does, and prints what the service notifies.

service_manager.py [option...] -- command...
  --listen NAME=KIND:ADDRESS   open a socket (KIND stream, datagram or seqpacket; ADDRESS a path, or
                               @abstract) or a FIFO (KIND fifo) and pass it
  --accepted NAME=PATH         listen, accept one connection, and pass that, as with Accept=yes
  --notify ADDRESS             where the service is to notify; a path or @abstract
  --set NAME=VALUE             a variable of the service instead of what the manager would say; $PID
                               in it is the service's process id
  --unset NAME                 remove a variable
  --runs N                     start the service again when it has ended, with what it has stored

Lines printed: "started PID", "notified" with who has sent it, how many descriptors came, and the
message; "exited CODE". The first descriptor is 3; none is close-on-exec.
"""
import array
import ctypes
import fcntl
import os
import select
import signal
import socket
import struct
import sys

FIRST = 3
KINDS = {"stream": socket.SOCK_STREAM, "datagram": socket.SOCK_DGRAM, "seqpacket": socket.SOCK_SEQPACKET}
UCRED = struct.Struct("3i")
PR_SET_PDEATHSIG = 1


def address(text):
    return "\0" + text[1:] if text.startswith("@") else text


def say(*words):
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def opened(kind, where):
    if kind == "fifo":
        os.mkfifo(where, 0o600)
        return os.open(where, os.O_RDWR)
    made = socket.socket(socket.AF_UNIX, KINDS[kind])
    made.bind(address(where))
    if kind != "datagram":
        made.listen(16)
    return made.detach()


def accepted(where):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(where)
        server.listen(1)
        return server.accept()[0].detach()


def start(passed, variables, unset, command, parent):
    """In the child, which has the pid that LISTEN_PID must say: never returns."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    high = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 100) for fd, _ in passed]
    for i, fd in enumerate(high):
        os.dup2(fd, FIRST + i, inheritable=True)
    environment = dict(os.environ)
    if passed:
        environment["LISTEN_FDS"] = str(len(passed))
        environment["LISTEN_FDNAMES"] = ":".join(name for _, name in passed)
        environment["LISTEN_PID"] = str(os.getpid())
    own = str(os.getpid())
    environment.update((name, value.replace("$PID", own)) for name, value in variables.items())
    for name in unset:
        environment.pop(name, None)
    os.execvpe(command[0], command, environment)


def receive(manager, service, stored):
    space = socket.CMSG_SPACE(UCRED.size) + socket.CMSG_SPACE(253 * 4)
    message, ancillary, flags, _ = manager.recvmsg(4096, space, socket.MSG_CMSG_CLOEXEC)
    sender, fds = None, array.array("i")
    for level, kind, data in ancillary:
        if kind == socket.SCM_CREDENTIALS:
            sender = UCRED.unpack(data)
        elif kind == socket.SCM_RIGHTS:
            fds.frombytes(data[: len(data) - len(data) % 4])
    who = "service" if sender == (service, os.getuid(), os.getgid()) else str(sender)
    lines = message.decode().split("\n")
    if "FDSTORE=1" in lines:
        name = [line for line in lines if line.startswith("FDNAME=")][0][len("FDNAME="):]
        stored.extend((fd, name) for fd in fds)
    broken = flags & (socket.MSG_TRUNC | socket.MSG_CTRUNC)
    say("notified", "truncated" if broken else who, len(fds), "|".join(lines))


def run(passed, options, manager, stored):
    parent = os.getpid()
    service = os.fork()
    if service == 0:
        try:
            start(passed, options["set"], options["unset"], options["command"], parent)
        finally:
            os._exit(127)
    say("started", service)
    ended = os.pidfd_open(service)
    running = True
    while running:
        ready, _, _ = select.select([ended] + ([manager] if manager else []), [], [])
        if manager in ready:
            receive(manager, service, stored)
        elif ended in ready:
            running = False
    os.close(ended)
    say("exited", os.waitstatus_to_exitcode(os.waitpid(service, 0)[1]))


def main(arguments):
    options = {"set": {}, "unset": [], "command": arguments[arguments.index("--") + 1:]}
    passed, manager, runs = [], None, 1
    words = iter(arguments[: arguments.index("--")])
    for option in words:
        name, _, value = next(words).partition("=")
        if option == "--listen":
            passed.append((opened(*value.split(":", 1)), name))
        elif option == "--accepted":
            passed.append((accepted(value), name))
        elif option == "--notify":
            manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            manager.bind(address(name))
            manager.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            options["set"]["NOTIFY_SOCKET"] = name
        elif option == "--set":
            options["set"][name] = value
        elif option == "--unset":
            options["unset"].append(name)
        elif option == "--runs":
            runs = int(name)
        else:
            sys.exit("unknown option " + option)
    stored = []
    for _ in range(runs):
        run(passed + stored, options, manager, stored)


main(sys.argv[1:])
