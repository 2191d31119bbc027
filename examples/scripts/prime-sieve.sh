#!/bin/sh
# Counts the primes below a limit with a sieve: sh prime-sieve.sh LIMIT EXPECTED
set -eu
LC_ALL=C
export LC_ALL
limit=$1 expected=$2
awk -v limit="$limit" -v expected="$expected" 'BEGIN {
  for (i = 3; i * i < limit; i += 2) if (!(i in composite)) for (j = i * i; j < limit; j += 2 * i) composite[j]
  count = 1
  for (i = 3; i < limit; i += 2) if (!(i in composite)) { count++; last = i }
  print count " primes below " limit ", the largest is " last
  if (count != expected) { print "expected " expected > "/dev/stderr"; exit 1 }
}'
