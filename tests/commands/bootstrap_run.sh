#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs `installer/bootstrap run` where there is no display: it builds what is missing and serves the samples. Succeeds if a
# server says where it listens, answers there, and ends properly when it is asked to.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
unset DISPLAY WAYLAND_DISPLAY
output=$(mktemp) || exit
program=
trap 'rm -f "$output"; [ -z "$program" ] || kill "$program" 2>/dev/null' EXIT

installer/bootstrap run --port 0 >"$output" 2>&1 &
program=$!
# A build from nothing takes its time; what waits here is ended by the program's own end or by the first line.
until grep -q '^listening' "$output" || ! kill -0 $program 2>/dev/null; do
    sleep 0.1
done
url=$(sed -n 's,^listening http://\([^/ ]*\).*,\1,p' "$output" | head -n 1)
if [ -z "$url" ]; then
    cat "$output"
    exit 1
fi
exec 3<>"/dev/tcp/${url%:*}/${url##*:}" || exit
printf 'GET / HTTP/1.0\r\nHost: %s\r\n\r\n' "$url" >&3
read -r -t 60 answer <&3
kill $program
wait $program
status=$?
program=
echo "$url answered: ${answer%$'\r'}; ended with $status"
[[ $answer = HTTP/1.* ]] && [ $status = 0 ]
