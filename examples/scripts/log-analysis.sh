#!/bin/sh
# Analyses a web log: requests and errors by path, busiest addresses: sh log-analysis.sh LINES SEED
set -eu
LC_ALL=C
export LC_ALL
lines=$1 seed=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sh make-data.sh access-log "$lines" "$seed" >"$work/access.log"
echo 'path requests errors mean-bytes'
awk '{ requests[$4]++; bytes[$4] += $6; if ($5 >= 500) errors[$4]++ }
  END { for (p in requests) printf "%s %d %d %d\n", p, requests[p], errors[p], bytes[p] / requests[p] }' "$work/access.log" | sort -k2,2nr
echo 'busiest addresses'
awk '{ print $1 }' "$work/access.log" | sort | uniq -c | sort -rn | head -n 5
awk '$5 >= 500 { errors++ } END { share = errors / NR; printf "server errors: %.2f %%\n", 100 * share; if (share > 0.03) exit 1 }' "$work/access.log"
