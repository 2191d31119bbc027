#!/bin/sh
# Counts the six-letter words of a genome: sh dna-kmers.sh LINES SEED
set -eu
LC_ALL=C
export LC_ALL
lines=$1 seed=$2
sh make-data.sh dna "$lines" "$seed" |
  awk '{ for (i = 1; i <= 75; i++) count[substr($0, i, 6)]++ } END { for (k in count) print count[k], k }' |
  sort -rn | awk -v expected="$((lines * 75))" '
    { total += $1 } NR <= 5 { print }
    END { print total " words of " NR " kinds"; if (total != expected) { print "expected " expected " words" > "/dev/stderr"; exit 1 } }'
