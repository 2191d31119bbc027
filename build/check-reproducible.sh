#!/bin/sh
# Builds the functions' zips twice, from clean, and expects the same bytes: build/check-reproducible.sh
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
sums=$(mktemp -d)
trap 'rm -rf "$sums"' EXIT
modules=job-queue-request-lambda,job-scheduler-lambda,cluster-adapter-lambda

zips() {
    (cd "$root" && mvn -q -B -pl "$modules" -am clean package -DskipTests > "$sums/log" 2>&1) || {
        cat "$sums/log" >&2
        exit 1
    }
    (cd "$root" && sha256sum ./*/target/*-lambda.zip)
}

zips > "$sums/first"
zips > "$sums/second"
count=$(wc -l < "$sums/first")
if [ "$count" -ne 3 ]; then
    echo "check-reproducible: found $count zips; expected 3" >&2
    exit 1
fi
if ! diff "$sums/first" "$sums/second" >&2; then
    echo "check-reproducible: expected two builds to give the same bytes" >&2
    exit 1
fi
echo "check-reproducible: two builds gave the same bytes:"
(cd "$root" && wc -c ./*/target/*-lambda.zip)
