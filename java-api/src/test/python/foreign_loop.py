# SPDX-License-Identifier: Apache-2.0
"""An event loop that is not Chagres's: epoll in Python.

foreign_loop.py SOCKET

Connects to the Unix stream socket, receives two eventfds on it, and watches the first and the
socket. For each wake it prints what it has taken, and adds the same to the second one. It ends
when the other end closes the socket.
"""
import os
import select
import socket
import sys

connection = socket.socket(socket.AF_UNIX)
connection.connect(sys.argv[1])
_, (wake_up, answer), _, _ = socket.recv_fds(connection, 1, 2)
with select.epoll() as loop:
    loop.register(wake_up, select.EPOLLIN)
    loop.register(connection, select.EPOLLIN)
    print("watching", flush=True)
    running = True
    while running:
        for fd, _ in loop.poll():
            if fd == wake_up:
                taken = os.eventfd_read(wake_up)
                print("woken by", taken, flush=True)
                os.eventfd_write(answer, taken)
            else:
                running = False
