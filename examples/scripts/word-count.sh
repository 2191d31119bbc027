#!/bin/sh
# Counts words and prints the ten most frequent: sh word-count.sh LINES SEED
set -eu
LC_ALL=C
export LC_ALL
lines=$1 seed=$2
sh make-data.sh words "$lines" "$seed" |
  awk '{ for (i = 1; i <= NF; i++) count[$i]++ } END { for (word in count) print count[word], word }' |
  sort -rn | awk -v expected="$((lines * 12))" '
    { total += $1 } NR <= 10 { print }
    END { print total " words"; if (total != expected) { print "expected " expected " words, counted " total > "/dev/stderr"; exit 1 } }'
