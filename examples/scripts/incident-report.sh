#!/bin/sh
# Summarises the errors of a web log, quickly: sh incident-report.sh LINES SEED
set -eu
LC_ALL=C
export LC_ALL
lines=$1 seed=$2
sh make-data.sh access-log "$lines" "$seed" | awk '
  $5 >= 500 { errors++; path[$4]++; if (!first) first = $2; last = $2 }
  END { printf "%d server errors between %d and %d\n", errors, first, last; for (p in path) print path[p], p }'
