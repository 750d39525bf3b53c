# SPDX-License-Identifier: Apache-2.0
"""Runs every command that README names, and holds those of bootstrap against the steps that run them.

    readme_commands.py SOURCE UNDERSTUDY_CLI
"""
import pathlib
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile

from readme_blocks import commands

# bootstrap's own commands take minutes each: who runs them.
BOOTSTRAP = {
    "run": "bootstrap test: step run-briefly",
    "build": "bootstrap test: step release-build",
    "configure": "bootstrap test: steps clean-room-*",
    "test": "continuous integration",
    "repeat": "bootstrap test: step repeat-briefly",
    "lint": "bootstrap test: step lint",
    "fuzz": "bootstrap test: step fuzz-briefly",
    "bench": "bootstrap test: step bench-briefly",
}


def serve(cli, words, folder):
    """Starts a server, waits for its first line, asks it to end. Returns what is wrong, or nothing."""
    if "--port" not in words:
        words = [*words, "--port", "0"]
    program = subprocess.Popen([cli, *words], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    first = program.stdout.readline()
    program.send_signal(signal.SIGTERM)
    _, errors = program.communicate(timeout=60)
    if not first.startswith("listening http"):
        return "did not listen: %s%s" % (first, errors)
    return "" if program.returncode == 0 else "ended with %d: %s" % (program.returncode, errors)


def run(cli, words, folder):
    if words[0] == "serve":
        return serve(cli, words, folder)
    done = subprocess.run([cli, *words], cwd=folder, capture_output=True, text=True, timeout=60)
    return "" if done.returncode == 0 else "ended with %d: %s" % (done.returncode, done.stderr)


def main(source, cli):
    source = pathlib.Path(source)
    failures = []
    tried = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        shop = re.search(r"^```yaml\n(understudy: 1\n.*?)^```$", (source / "README.md").read_text(), re.M | re.S).group(1)
        (folder / "shop.mock.yaml").write_text(shop)
        (folder / "mocks").mkdir()
        (folder / "mocks/shop.mock.yaml").write_text(shop)
        shutil.copy(source / "tests/data/mockoon/rules.json", folder / "mockoon.json")
        shutil.copy(source / "tests/data/openapi/spec/api.yaml", folder / "api.yaml")
        shutil.copytree(source / "resources/samples", folder / "resources/samples")
        for line in commands((source / "README.md").read_text()):
            words = shlex.split(line)
            if words[0] == "understudy-cli":
                tried += 1
                wrong = run(cli, words[1:], folder)
                if wrong:
                    failures.append("%s\n  %s" % (line, wrong))
            elif words[0] == "installer/bootstrap" and words[1] not in BOOTSTRAP:
                failures.append("%s\n  is not run by anything" % line)
    help_text = subprocess.run([source / "installer/bootstrap", "--help"], capture_output=True, text=True).stdout
    named = re.findall(r"installer/bootstrap (\w+)", help_text)
    for command in sorted(set(named) ^ set(BOOTSTRAP)):
        failures.append("installer/bootstrap %s is named in only one of --help and this table" % command)
    steps = (source / "installer/bootstrap").read_text()
    for command, runner in BOOTSTRAP.items():
        for step in re.findall(r"steps? ([\w-]+)", runner):
            if not re.search(r"(step|require) %s" % re.escape(step), steps):
                failures.append("installer/bootstrap test has no step %s, which was to run %s" % (step, command))
    if tried < 6:
        failures.append("README names only %d commands: it is not read as it should be" % tried)
    print("\n".join(failures) if failures else "%d commands ran" % tried)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
