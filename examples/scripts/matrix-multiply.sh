#!/bin/sh
# Multiplies two square matrices and checks the product with a random vector (Freivalds): sh matrix-multiply.sh SIZE SEED
set -eu
LC_ALL=C
export LC_ALL
size=$1 seed=$2
sh make-data.sh numbers "$((size * size * 2))" "$seed" | awk -v n="$size" '
  { v = $1 % 10; k = NR - 1; if (k < n * n) a[int(k / n), k % n] = v; else { k -= n * n; b[int(k / n), k % n] = v } }
  END {
    for (i = 0; i < n; i++) for (j = 0; j < n; j++) {
      sum = 0
      for (k = 0; k < n; k++) sum += a[i, k] * b[k, j]
      c[i, j] = sum; trace += i == j ? sum : 0
    }
    for (i = 0; i < n; i++) { r[i] = (i * 7 + 3) % 2 }
    for (i = 0; i < n; i++) { br[i] = 0; for (j = 0; j < n; j++) br[i] += b[i, j] * r[j] }
    for (i = 0; i < n; i++) {
      left = 0; right = 0
      for (j = 0; j < n; j++) { left += a[i, j] * br[j]; right += c[i, j] * r[j] }
      if (left != right) { print "row " i " of the product is wrong" > "/dev/stderr"; exit 1 }
    }
    print n " x " n " multiplied, trace " trace
  }'
