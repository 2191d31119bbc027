#!/bin/sh
# Estimates pi by throwing darts: sh monte-carlo-pi.sh DARTS SEED
set -eu
LC_ALL=C
export LC_ALL
darts=$1 seed=$2
awk -v darts="$darts" -v state="$((seed * 7919 + 1))" 'BEGIN {
  for (i = 0; i < darts; i++) {
    state = (state * 16807) % 2147483647; x = state / 2147483647
    state = (state * 16807) % 2147483647; y = state / 2147483647
    if (x * x + y * y <= 1) inside++
  }
  pi = 4 * inside / darts
  printf "pi is about %.5f after %d darts\n", pi, darts
  if (pi < 3.13 || pi > 3.15) { print "that is not pi" > "/dev/stderr"; exit 1 }
}'
