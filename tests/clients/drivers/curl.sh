#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the cases of a file with curl, all at once. See ../runner.h for the lines it reads and prints.
cases=$1 authority=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
head -c 4000000 /dev/zero >"$work/upload"

run() {
    local number=$1 act=$2 seconds=$3 url=$4 more=() urls=("$url") port
    port=${url##*:}
    case $act in
    twice) urls=("$url" "$url") more=(--data-binary hello) ;;
    upload) more=(-H Expect: --data-binary "@$work/upload") ;;
    expect) more=(--data-binary "@$work/upload") ;; # curl asks of itself when it has this much to send
    follow) more=(-L --max-redirs 20) ;;
    esac
    local outputs=() one
    for one in "${urls[@]}"; do
        outputs+=(-o "$work/$number.body" "$one")
    done
    local begin=${EPOCHREALTIME/./} status
    status=$(curl -q -sS --http1.1 --noproxy '*' --compressed --cacert "$authority" \
        --resolve "localhost:${port%%/*}:127.0.0.1" --max-time "$seconds" \
        -w '%{http_code} %header{date}\n' "${more[@]}" "${outputs[@]}" 2>"$work/$number.error")
    local code=$? end=${EPOCHREALTIME/./} outcome
    if [ $code = 0 ]; then
        status=${status##*$'\n'} # the last one's
        outcome="${status%% *} $(head -c 60 "$work/$number.body" | tr '\t\n\0' '   ')"
        if [ "$act" = date ]; then
            outcome="${status%% *} Date $((($(date -d "${status#* }" +%s) - $(date +%s) + 1800) / 3600)) h ahead"
        fi
    else
        outcome=$(head -n 1 "$work/$number.error" | tr '\t' ' ')
        outcome=$(sed -E 's/^curl: //; s/(OpenSSL[^ ]* |TLS connect error: )(SSL_read: )?error:[0-9A-F]*:SSL routines::/TLS: /' <<<"$outcome")
    fi
    printf '%s\t%s\t%s\n' "$number" $(((end - begin) / 1000)) "$outcome" >"$work/$number.out"
}

count=0
while IFS=$'\t' read -r number act seconds url; do
    run "$number" "$act" "$seconds" "$url" &
    count=$((count + 1))
done <"$cases"
wait
cat "$work"/*.out
