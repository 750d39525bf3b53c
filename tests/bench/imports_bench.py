#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures how other tools' files are read: time and memory of an import, and the time until a large document is served.

    UNDERSTUDY_PRISM=…/prism UNDERSTUDY_CORPUS=…/data tests/bench/imports_bench.py

The documents of others are those of the folder that UNDERSTUDY_CORPUS names; without it, and where they are not there, they are
left out, and that is said, as is Prism where it is not named. Needs build/release/bin/understudy-cli. Exits 1 if a target is missed.
"""
import glob
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from peers_bench import start, wait_for  # noqa: E402
from server_bench import CLI, free_port  # noqa: E402

CORPUS = os.environ.get("UNDERSTUDY_CORPUS", "")
PRISM = os.environ.get("UNDERSTUDY_PRISM")
MB = 1024 * 1024
missed = []


def inCorpus(*pattern):
    return glob.glob(os.path.join(CORPUS, *pattern)) if CORPUS else []


def report(what, value, unit, limit, is_most=True):
    fits = value <= limit if is_most else value >= limit
    print(f"{what:<58}{value:>10.2f} {unit:<12}{'at most' if is_most else 'at least'} {limit:g}{'' if fits else '   MISSED'}")
    if not fits:
        missed.append(what)


def run(arguments):
    """Seconds, bytes and what is printed."""
    begin = time.monotonic()
    process = subprocess.Popen([CLI, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.monotonic() - begin, usage.ru_maxrss * 1024, output


def imported(file, folder):
    seconds, size, output = run(["import", file, "-o", folder, "--force", "-q"])
    if "wrote " not in output:
        raise RuntimeError(f"{file} is not imported")
    return seconds, size


def largest_documents(folder):
    files = [f for f in inCorpus("openapi", "*") if os.path.isfile(f)]
    for file in sorted(files, key=os.path.getsize)[-2:]:
        runs = [imported(file, folder) for _ in range(5)]
        name = f"import {os.path.basename(file)} ({os.path.getsize(file) / MB:.1f} MB)"
        report(name, statistics.median(seconds for seconds, _ in runs), "s", 1)
        report(f"{name}, memory", max(size for _, size in runs) / MB, "MB", 300)
    if not files:
        print("left out: there are no documents of others (UNDERSTUDY_CORPUS names their folder)")


def environments():
    """Read, translated and compiled; writing them takes as long as the disk wants."""
    files = inCorpus("mockoon", "*.json")
    if not files:
        print("left out: there are no environments of others (UNDERSTUDY_CORPUS names their folder)")
        return
    copies = files * (1 + 400 // len(files))
    seconds, _, output = run(["validate", "-q", *copies])
    if output:
        raise RuntimeError(output)
    report(f"{len(copies)} Mockoon environments", len(copies) / seconds, "a second", 200, is_most=False)


def large_document(path):
    """An OpenAPI document of 4 MB: 1,600 operations, each with a schema of its own."""
    document = {"openapi": "3.0.3", "info": {"title": "Large", "version": "1"}, "servers": [{"url": "/"}], "paths": {},
                "components": {"schemas": {}}}
    for i in range(1600):
        document["components"]["schemas"][f"S{i}"] = {"type": "object", "properties": {
            f"property{p}": {"type": "string", "description": "x" * 60} for p in range(20)}}
        document["paths"][f"/things{i}/{{id}}"] = {"get": {
            "parameters": [{"in": "path", "name": "id", "required": True, "schema": {"type": "string"}}],
            "responses": {"200": {"description": "ok", "content": {"application/json": {
                "schema": {"$ref": f"#/components/schemas/S{i}"}}}}}}}
    with open(path, "w") as f:
        json.dump(document, f)
    return os.path.getsize(path) / MB


def until_served(command, port):
    begin = time.monotonic()
    process = start(command)
    try:
        status, _ = wait_for(port, "/things7/a", 120)
        if status != 200:
            raise RuntimeError(f"{command[0]} answers {status}")
        return time.monotonic() - begin
    finally:
        process.kill()
        process.wait()


def serving(folder):
    path = os.path.join(folder, "large.json")
    size = large_document(path)

    def ours():
        port = free_port()
        return until_served([CLI, "serve", path, "--port", str(port)], port)

    own = statistics.median(ours() for _ in range(5))
    report(f"a document of {size:.1f} MB until it answers", own, "s", 1.5)
    if not PRISM:
        print("left out: Prism (UNDERSTUDY_PRISM)")
        return
    port = free_port()
    theirs = until_served([PRISM, "mock", path, "-p", str(port)], port)
    report(f"as fast as Prism ({theirs:.1f} s)", theirs / own, "times", 10, is_most=False)


with tempfile.TemporaryDirectory() as temporary:
    largest_documents(os.path.join(temporary, "out"))
    environments()
    serving(temporary)
sys.exit(1 if missed else 0)
