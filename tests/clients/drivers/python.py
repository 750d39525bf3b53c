# SPDX-License-Identifier: Apache-2.0
"""Runs the cases of a file with http.client, all at once. See ../runner.h for the lines it reads and prints."""
import gzip
import http.client
import socket
import ssl
import sys
import threading
import time
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

printing = threading.Lock()

# The name is known here, whatever the machine knows.
resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *more, **named: resolve(
    "127.0.0.1" if host == "localhost" else host, *more, **named)


def text_of(answer):
    body = answer.read()
    if answer.getheader("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return body.decode("utf-8")


def request(connection, act):
    if act == "twice":
        connection.request("POST", "/", body=b"hello")
    elif act == "upload":
        connection.request("POST", "/", body=b"\0" * 4_000_000)
    elif act == "expect":
        connection.request("POST", "/", body=b"hello", headers={"Expect": "100-continue"})
    else:
        connection.request("GET", "/")
    answer = connection.getresponse()
    if act == "date":
        ahead = parsedate_to_datetime(answer.getheader("Date")).timestamp() - time.time()
        return f"{answer.status} Date {round(ahead / 3600)} h ahead"
    return f"{answer.status} {text_of(answer)[:60]}"


def outcome(act, seconds, url, authority):
    parts = urlsplit(url)
    try:
        if parts.scheme == "https":
            context = ssl.create_default_context(cafile=authority)
            connection = http.client.HTTPSConnection(parts.hostname, parts.port, timeout=seconds, context=context)
        else:
            connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=seconds)
        result = request(connection, act)
        if act == "twice":
            result = request(connection, act)
        return result
    except Exception as problem:
        kind = type(problem)
        module = "" if kind.__module__ == "builtins" else kind.__module__ + "."
        return f"{module}{kind.__qualname__}: {problem}"


def run(line, authority):
    number, act, seconds, url = line.rstrip("\n").split("\t")
    begin = time.monotonic()
    result = outcome(act, float(seconds), url, authority)
    took = int((time.monotonic() - begin) * 1000)
    with printing:
        print(number, took, " ".join(result[:300].split()), sep="\t", flush=True)


def main():
    with open(sys.argv[1], encoding="utf-8") as cases:
        threads = [threading.Thread(target=run, args=(line, sys.argv[2])) for line in cases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


main()
