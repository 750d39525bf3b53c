#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the server against nginx in one run and prints ratios.

    tests/bench/server_bench.py [--seconds 5] [--rounds 3] [--requests 10000000] [--only NAME]

Needs nginx, wrk and openssl (installer/bootstrap bench installs them) and build/release/bin/understudy-cli. Every
comparison alternates between the two sides, round by round, and compares medians, so that a noisy machine disturbs both alike.
Traffic goes to the loopback interface only. Exits 1 if a target is missed.
"""
import argparse
import os
import re
import resource
import shutil
import signal
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
CLI = os.path.join(ROOT, "build", "release", "bin", "understudy-cli")
BODY = '{"id":1,"name":"Ada"}'
BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Accept-Language": "en-GB,en;q=0.8,de-DE;q=0.6,de;q=0.4,fr;q=0.2",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Referer": "http://localhost:3000/some/page/with/a/rather/long/path/and?a=query&that=is&long=too",
    "Cookie": "session=" + "0123456789abcdef" * 16 + "; theme=dark; consent=all; locale=en-GB",
    "Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "same-origin",
    "Upgrade-Insecure-Requests": "1", "Cache-Control": "max-age=0",
    "If-None-Match": '"0123456789abcdef0123456789abcdef"',
}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_answer(port, path="/x", timeout=10, tls=None):
    """Seconds until the first whole answer."""
    context = ssl.create_default_context(cafile=tls[0]) if tls else None
    begin = time.perf_counter()
    while time.perf_counter() - begin < timeout:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as plain, \
                    (context.wrap_socket(plain, server_hostname="127.0.0.1") if context else plain) as s:
                s.sendall(f"GET {path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".encode())
                if s.recv(4096).startswith(b"HTTP/1.1 200"):
                    return time.perf_counter() - begin
        except OSError:
            pass
        time.sleep(0.0005)
    raise RuntimeError(f"port {port} does not answer")


def certificate(folder):
    """A key of P-256 and its self-signed certificate, as PEM files."""
    files = os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")
    if not os.path.exists(files[0]):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
                        "-out", files[0], "-keyout", files[1]], check=True, stderr=subprocess.DEVNULL)
    return files


class Nginx:
    def __init__(self, folder, tls=None):
        self.port = free_port()
        listen = f"listen 127.0.0.1:{self.port} {'ssl' if tls else ''} backlog=4096;"
        if tls:
            listen += f" ssl_certificate {tls[0]}; ssl_certificate_key {tls[1]}; ssl_protocols TLSv1.3;"
        config = os.path.join(folder, "nginx.conf")
        with open(config, "w") as f:
            f.write(f"""worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 20000; }}
http {{ access_log {folder}/access.log; default_type application/json; keepalive_requests 1000000000;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder};
  scgi_temp_path {folder};
  server {{ {listen} location / {{ return 200 '{BODY}'; }} }} }}
""")
        self.process = subprocess.Popen(["nginx", "-c", config, "-p", folder], stderr=subprocess.DEVNULL)
        wait_answer(self.port, tls=tls)

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Understudy:
    def __init__(self, folder, endpoints=1, latency=None, faults=None, switch_off=False, tls=None, extra=()):
        self.port = free_port()
        path = os.path.join(folder, f"bench-{self.port}.mock.yaml")
        with open(path, "w") as f:
            f.write(f"understudy: 1\nname: Bench\nlisten:\n  port: {self.port}\n")
            if tls:
                f.write(f"  tls:\n    certificate: {os.path.basename(tls[0])}\n    key: {os.path.basename(tls[1])}\n")
            f.write("endpoints:\n")
            for i in range(endpoints - 1):
                f.write(f"- method: GET\n  path: /group{i % 100}/item{i}/{{id}}\n  responses:\n  - body: '{{}}'\n")
            f.write("- method: GET\n  path: /x\n  responses:\n  - headers:\n      Content-Type: application/json\n"
                    f"    body: '{BODY}'\n")
            if latency:
                f.write(f"    behaviour:\n      latency: {latency}\n")
            if faults:
                f.write(f"  behaviour:\n    faults: {faults}\n")
        begin = time.perf_counter()
        self.process = subprocess.Popen([CLI, "serve", path, "--threads", "1", *extra],
                                        stdout=subprocess.PIPE if switch_off else subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, text=True)
        if switch_off:
            self.process.stdout.readline()  # "listening …": the signal is handled from here on
            self.process.send_signal(signal.SIGUSR1)
            assert "faults off" in self.process.stdout.readline()
        wait_answer(self.port, tls=tls)
        self.ready = time.perf_counter() - begin

    def resident_mb(self):
        with open(f"/proc/{self.process.pid}/status") as f:
            return int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1)) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait()


def wrk(port, seconds, connections=32, headers=None, scheme="http"):
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    for name, value in (headers or {}).items():
        command += ["-H", f"{name}: {value}"]
    out = subprocess.run(command + [f"{scheme}://127.0.0.1:{port}/x"], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out:
        raise RuntimeError(out)
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", out).groups()
    return rate, float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


class Report:
    def __init__(self):
        self.missed = False

    def line(self, name, text, ok):
        self.missed |= not ok
        print(f"{'ok  ' if ok else 'MISS'} {name:34} {text}", flush=True)


def compare(a, b, rounds, measure):
    """Medians of a and b, measured in turn."""
    left, right = [], []
    for _ in range(rounds):
        left.append(measure(a))
        right.append(measure(b))
    return statistics.median(left), statistics.median(right)


def small(report, args, folder):
    ours, nginx = Understudy(folder), Nginx(folder)
    for name, headers, target in (("small JSON, 32 connections", None, 0.80), ("with browser headers", BROWSER, 0.75)):
        a, b = compare(ours, nginx, args.rounds, lambda s: wrk(s.port, args.seconds, headers=headers)[0])
        report.line(name, f"{a:9.0f}/s, nginx {b:9.0f}/s: {a / b:.2f} (target {target:.2f})", a / b >= target)
    nginx.stop()
    ours.stop()


def connections(report, args, folder):
    ours, nginx = Understudy(folder), Nginx(folder)
    a, b = compare(ours, nginx, args.rounds, lambda s: wrk(s.port, args.seconds, headers={"Connection": "close"})[0])
    report.line("a new connection per request", f"{a:9.0f}/s, nginx {b:9.0f}/s: {a / b:.2f} (target 0.95)", a / b >= 0.95)
    nginx.stop()
    ours.stop()


def https(report, args, folder):
    tls = certificate(folder)
    ours, nginx = Understudy(folder, tls=tls), Nginx(folder, tls=tls)
    for name, headers, target in (("HTTPS, TLS 1.3, P-256", None, 0.95),
                                  ("HTTPS, a new connection per request", {"Connection": "close"}, 0.92)):
        a, b = compare(ours, nginx, args.rounds, lambda s: wrk(s.port, args.seconds, headers=headers, scheme="https")[0])
        report.line(name, f"{a:9.0f}/s, nginx {b:9.0f}/s: {a / b:.2f} (target {target:.2f})", a / b >= target)
    nginx.stop()
    ours.stop()


def endpoints(report, args, folder):
    one, many = Understudy(folder), Understudy(folder, 10_000)
    a, b = compare(many, one, args.rounds, lambda s: wrk(s.port, args.seconds)[0])
    report.line("through 10,000 endpoints", f"{a:9.0f}/s, one {b:9.0f}/s: {a / b:.2f} (target 0.95)", a / b >= 0.95)
    one.stop()
    many.stop()


def idle(report, args, folder):
    beside, alone = Understudy(folder), Understudy(folder)
    before = beside.resident_mb()
    held = [socket.create_connection(("127.0.0.1", beside.port)) for _ in range(5000)]
    a, b = compare(beside, alone, args.rounds, lambda s: wrk(s.port, args.seconds)[0])
    report.line("beside 5,000 idle connections", f"{a:9.0f}/s, none {b:9.0f}/s: {a / b:.2f} (target 0.95)", a / b >= 0.95)
    per_connection = (beside.resident_mb() - before) * 1024 / len(held)
    print(f"     {'':34} {per_connection:.1f} kB a connection, journal included")
    for s in held:
        s.close()
    beside.stop()
    alone.stop()


def latency(report, args, folder):
    ours = Understudy(folder, latency="50ms")
    rates, tails = zip(*(wrk(ours.port, max(args.seconds, 5), 1000) for _ in range(args.rounds)))
    rate, tail = statistics.median(rates), statistics.median(tails)
    report.line("1,000 connections at 50 ms", f"{rate:9.0f}/s of 20000 (target 18525), p99 {tail:.1f} ms (target 60)",
                rate >= 0.95 * 19500 and tail < 60)
    ours.stop()


def faults_off(report, args, folder):
    none = Understudy(folder)
    faults = "[{kind: status, status: 503, rate: 20%}, {kind: reset, at: body, rate: 5%, after: 100}]"
    off = Understudy(folder, faults=faults, switch_off=True)
    a, b = compare(off, none, args.rounds, lambda s: wrk(s.port, args.seconds)[0])
    report.line("faults switched off", f"{a:9.0f}/s, none {b:9.0f}/s: {a / b:.2f} (target 0.97)", a / b >= 0.97)
    none.stop()
    off.stop()


def ready(report, args, folder):
    for count, target in ((1, 40), (10_000, 300)):
        times = []
        for _ in range(max(args.rounds, 5)):
            ours = Understudy(folder, count)
            times.append(ours.ready * 1000)
            resident = ours.resident_mb()
            ours.stop()
        report.line(f"ready, {count} endpoints", f"{statistics.median(times):9.1f} ms (target {target})",
                    statistics.median(times) <= target)
        if count == 1:
            report.line("resident, idle", f"{resident:9.1f} MB (target 25)", resident <= 25)


DYNAMIC = """understudy: 1
name: Dynamic
listen: {port: %d}
buckets:
  many: {itemsFile: many.json}
endpoints:
- {method: GET, path: /x, responses: [{headers: {Content-Type: application/json}, body: '%s'}]}
- method: GET
  path: /template/{id}
  responses:
  - {template: true, headers: {Content-Type: application/json}, body: '{"id":"{{path.id}}","q":"{{query.q}}"}'}
- method: GET
  path: /loop
  responses:
  - {template: true, body: '{{#repeat 20}}{"i":{{@index}},"n":"{{path}}"}{{/repeat}}'}
- method: GET
  path: /faker
  responses:
  - {template: true, body: '%s'}
- {path: /many, crud: many}
- method: POST
  path: /plain
  responses: [{body: ok}]
- method: POST
  path: /json
  responses: [{when: [{body: {json: {last: 1}, ignoreExtraFields: true}}], body: ok}]
- method: POST
  path: /path
  responses: [{when: [{'body:$.items[?@.n == 19].name': {equals: item}}], body: ok}]
"""


class Dynamic:
    """Answers that are made for each request, beside a static one of the same program."""

    def __init__(self, folder):
        self.port = free_port()
        with open(os.path.join(folder, "many.json"), "w") as f:
            f.write("[" + ",".join('{"id":%d,"name":"item %d","group":%d}' % (i, i, i % 10) for i in range(100_000)) + "]")
        path = os.path.join(folder, "dynamic.mock.yaml")
        with open(path, "w") as f:
            f.write(DYNAMIC % (self.port, BODY, " ".join(['{{faker "person.fullName"}}'] * 10)))
        self.process = subprocess.Popen([CLI, "serve", path, "--threads", "1"], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        wait_answer(self.port)

    def stop(self):
        self.process.terminate()
        self.process.wait()


def dynamic(report, args, folder):
    ours = Dynamic(folder)
    body = '{"items":[' + ",".join('{"n":%d,"name":"item","tags":["a","b","c"],"price":12.90,"more":"%s"}' % (i, "x" * 40)
                                   for i in range(20)) + '],"last":1}'
    script = os.path.join(folder, "post.lua")
    with open(script, "w") as f:
        f.write(f"wrk.method = 'POST'\nwrk.body = '{body}'\nwrk.headers['Content-Type'] = 'application/json'\n")

    def rate(path):
        posts = ["-s", script] if path in ("/plain", "/json", "/path") else []
        out = subprocess.run(["wrk", "-t1", "-c32", f"-d{args.seconds}s", *posts, f"http://127.0.0.1:{ours.port}{path}"],
                             capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in out:
            raise RuntimeError(out)
        return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))

    for name, path, beside, target in (
            ("a template: path and query", "/template/7?q=a", "/x", 0.6),
            ("GET by id in 100,000 items", "/many/99999", "/x", 0.9),
            ("a template: a loop of 20", "/loop", "/x", None),
            ("a template: ten calls of faker", "/faker", "/x", None)):
        a, b = compare(path, beside, args.rounds, rate)
        wanted = "" if target is None else f" (target {target:.2f})"
        report.line(name, f"{a:9.0f}/s, static {b:9.0f}/s: {a / b:.2f}{wanted}", target is None or a / b >= target)
    for name, path, target in (("a json rule on 2 kB", "/json", 5), ("a JSONPath on 2 kB", "/path", 8)):
        a, b = compare(path, "/plain", args.rounds, rate)
        more = 1e6 / a - 1e6 / b
        report.line(name, f"{more:9.1f} microseconds more than without (target {target})", more <= target)
    ours.stop()


def memory(report, args, folder):
    ours = Understudy(folder)
    before = ours.resident_mb()
    done = 0
    while done < args.requests:
        out = subprocess.run(["wrk", "-t1", "-c32", "-d20s", f"http://127.0.0.1:{ours.port}/x"], capture_output=True,
                             text=True, check=True).stdout
        done += int(re.search(r"(\d+) requests in", out).group(1))
    growth = ours.resident_mb() - before
    report.line(f"growth after {done} requests", f"{growth:9.1f} MB (journal budget 67.1 MB)", growth <= 67.2)
    ours.stop()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--requests", type=int, default=10_000_000)
    parts = {f.__name__: f for f in (small, connections, https, endpoints, idle, latency, faults_off, dynamic, ready,
                                           memory)}
    parser.add_argument("--measure-only", action="store_true", help="a missed target is shown and no failure")
    parser.add_argument("--only", choices=parts, action="append")
    args = parser.parse_args()
    for tool in ("nginx", "wrk", "openssl"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is missing; 'installer/bootstrap bench' installs it")
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    report = Report()
    with tempfile.TemporaryDirectory(prefix="understudy-bench-") as folder:
        for name in args.only or parts:
            parts[name](report, args, folder)
    sys.exit(1 if report.missed and not args.measure_only else 0)


if __name__ == "__main__":
    main()
