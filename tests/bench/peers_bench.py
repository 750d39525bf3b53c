#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures answers that are made for each request against the peers, in one run, and prints ratios.

    UNDERSTUDY_MOCKOON=…/mockoon-cli UNDERSTUDY_WIREMOCK=…/wiremock-standalone.jar tests/bench/peers_bench.py [--seconds 5]

The same text is rendered on both sides, in the peer's dialect. Understudy and Mockoon use one thread; WireMock as many as it
takes, without its journal. A peer that is not named is left out. Needs wrk and build/release/bin/understudy-cli. Exits 1 if a
target is missed.
"""
import argparse
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server_bench import CLI, Report, free_port  # noqa: E402

FAKER = " ".join(["{{faker 'person.fullName'}}"] * 10)
# Route, and its text by dialect; the last is how many times as fast as the peer it is to be.
MOCKOON = [("template", '{"id":"{{urlParam \'id\'}}","q":"{{queryParam \'q\'}}"}', 50), ("faker", FAKER, 10)]
WIREMOCK = [("template", '{"id":"{{request.path.id}}","q":"{{request.query.q}}"}', 5)]


def rate(port, path, seconds):
    out = subprocess.run(["wrk", "-t1", "-c32", f"-d{seconds}s", f"http://127.0.0.1:{port}{path}"], capture_output=True,
                         text=True, check=True).stdout
    if "Non-2xx" in out:
        raise RuntimeError(out)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))


def ask(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def wait_for(port, path, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            return ask(port, path)
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"nobody answers on port {port}")


def start(command):
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def understudy(folder, dialect, routes):
    port = free_port()
    path = os.path.join(folder, f"{dialect}.mock.yaml")
    endpoints = [{"method": "GET", "path": f"/{name}/{{id}}",
                  "responses": [{"template": True, "dialect": dialect, "body": text}]} for name, text, _ in routes]
    with open(path, "w") as f:
        json.dump({"understudy": 1, "name": dialect, "listen": {"port": port}, "endpoints": endpoints}, f)
    return port, start([CLI, "serve", path, "--threads", "1"])


def mockoon(folder, program):
    port = free_port()
    path = os.path.join(folder, "mockoon.json")
    routes = [{"uuid": f"r{i}", "type": "http", "documentation": "", "method": "get", "endpoint": f"{name}/:id",
               "responses": [{"uuid": f"a{i}", "body": text, "latency": 0, "statusCode": 200, "label": "", "headers": [],
                              "bodyType": "INLINE", "filePath": "", "databucketID": "", "sendFileAsBody": False, "rules": [],
                              "rulesOperator": "OR", "disableTemplating": False, "fallbackTo404": False, "default": True,
                              "crudKey": "id", "callbacks": []}], "responseMode": None}
              for i, (name, text, _) in enumerate(MOCKOON)]
    with open(path, "w") as f:
        json.dump({"uuid": "e", "lastMigration": 33, "name": "Bench", "port": port, "hostname": "", "endpointPrefix": "",
                   "latency": 0, "folders": [], "routes": routes, "data": [], "callbacks": [], "headers": [], "proxyMode": False,
                   "proxyHost": "", "proxyRemovePrefix": False, "tlsOptions": {"enabled": False, "type": "CERT", "pfxPath": "",
                   "certPath": "", "keyPath": "", "caPath": "", "passphrase": ""}, "cors": False, "proxyReqHeaders": [],
                   "proxyResHeaders": [], "rootChildren": [{"type": "route", "uuid": r["uuid"]} for r in routes]}, f)
    return port, start([program, "start", "--data", path, "--disable-log-to-file"])


def wiremock(folder, jar):
    port = free_port()
    os.makedirs(os.path.join(folder, "mappings"))
    for name, text, _ in WIREMOCK:
        with open(os.path.join(folder, "mappings", f"{name}.json"), "w") as f:
            json.dump({"request": {"method": "GET", "urlPathTemplate": f"/{name}/{{id}}"},
                       "response": {"status": 200, "body": text}}, f)
    return port, start(["java", "-jar", jar, "--port", str(port), "--root-dir", folder, "--global-response-templating",
                        "--no-request-journal", "--disable-banner"])


def measure(report, args, name, peer, routes, ours, theirs):
    try:
        for route, _, target in routes:
            path = f"/{route}/7?q=a"
            shown = [wait_for(port, path) for port in (ours[0], theirs[0])]
            if route == "template" and shown[0] != shown[1]:
                raise RuntimeError(f"{peer} answers {shown[1]}, Understudy {shown[0]}")
            rates = [[], []]
            rate(theirs[0], path, args.seconds)  # warm: its compiler has something to do
            for _ in range(args.rounds):
                for side, port in enumerate((ours[0], theirs[0])):
                    rates[side].append(rate(port, path, args.seconds))
            a, b = (statistics.median(side) for side in rates)
            report.line(f"{name}: {route}", f"{a:9.0f}/s, {peer} {b:9.0f}/s: {a / b:.1f} times (target {target})",
                        a / b >= target)
    finally:
        for _, process in (ours, theirs):
            process.terminate()
            process.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    report = Report()
    program, jar = os.environ.get("UNDERSTUDY_MOCKOON"), os.environ.get("UNDERSTUDY_WIREMOCK")
    with tempfile.TemporaryDirectory(prefix="understudy-bench-") as folder:
        if program:
            measure(report, args, "Mockoon's dialect", "Mockoon", MOCKOON, understudy(folder, "mockoon", MOCKOON),
                    mockoon(folder, program))
        if jar:
            measure(report, args, "WireMock's dialect", "WireMock", WIREMOCK, understudy(folder, "wiremock", WIREMOCK),
                    wiremock(folder, jar))
    if not program and not jar:
        print("peers: not measured: UNDERSTUDY_MOCKOON and UNDERSTUDY_WIREMOCK name none")
    sys.exit(1 if report.missed else 0)


if __name__ == "__main__":
    main()
