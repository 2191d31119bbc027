#!/bin/sh
# Sorts numbers and checks the order: sh sort-numbers.sh ROWS SEED
set -eu
LC_ALL=C
export LC_ALL
rows=$1 seed=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sh make-data.sh numbers "$rows" "$seed" | sort -n -T "$work" >"$work/sorted"
sort -n -c "$work/sorted"
awk -v rows="$rows" 'NR == 1 { print "smallest " $1 } { last = $1 } END { print "largest " last; if (NR != rows) { print NR " rows, expected " rows > "/dev/stderr"; exit 1 } print NR " rows in order" }' "$work/sorted"
