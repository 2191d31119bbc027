#!/bin/sh
# Finds the centres of five clouds of points (Lloyd): sh k-means.sh POINTS ROUNDS SEED
set -eu
LC_ALL=C
export LC_ALL
points=$1 rounds=$2 seed=$3
sh make-data.sh points "$points" "$seed" | awk -v rounds="$rounds" '
  { x[NR] = $1; y[NR] = $2 }
  END {
    for (c = 1; c <= 5; c++) { cx[c] = x[c]; cy[c] = y[c] }
    for (round = 1; round <= rounds; round++) {
      for (c = 1; c <= 5; c++) { n[c] = sx[c] = sy[c] = 0 }
      for (i = 1; i <= NR; i++) {
        best = -1
        for (c = 1; c <= 5; c++) {
          dx = x[i] - cx[c]; dy = y[i] - cy[c]; d = dx * dx + dy * dy
          if (best < 0 || d < best) { best = d; mine = c }
        }
        n[mine]++; sx[mine] += x[i]; sy[mine] += y[i]
      }
      for (c = 1; c <= 5; c++) if (n[c]) { cx[c] = sx[c] / n[c]; cy[c] = sy[c] / n[c] }
    }
    for (c = 1; c <= 5; c++) printf "centre %d at %.1f %.1f, %d points\n", c, cx[c], cy[c], n[c]
    if (cx[1] < 8 || cx[1] > 12 || cy[1] < 8 || cy[1] > 12) { print "the first centre should be near 10 10" > "/dev/stderr"; exit 1 }
  }'
