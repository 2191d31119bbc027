#!/bin/sh
# Fits a line through points by least squares: sh linear-regression.sh ROWS SEED
set -eu
LC_ALL=C
export LC_ALL
rows=$1 seed=$2
sh make-data.sh numbers "$((rows * 2))" "$seed" | awk '
  NR % 2 { x = $1 / 2147483647; next }
  { y = 3 * x + 2 + ($1 / 2147483647 - 0.5); n++; sx += x; sy += y; sxx += x * x; sxy += x * y }
  END {
    slope = (n * sxy - sx * sy) / (n * sxx - sx * sx); start = (sy - slope * sx) / n
    printf "y = %.3f x + %.3f from %d rows\n", slope, start, n
    if (slope < 2.95 || slope > 3.05 || start < 1.95 || start > 2.05) { print "expected y = 3 x + 2" > "/dev/stderr"; exit 1 }
  }'
