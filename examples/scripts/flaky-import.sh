#!/bin/sh
# Imports data from a source that is not there at the first attempt: sh flaky-import.sh ROWS SEED
set -eu
LC_ALL=C
export LC_ALL
rows=$1 seed=$2
attempt=${STEPYARD_ATTEMPT:-1}
echo "attempt $attempt"
if [ "$attempt" -lt 2 ]; then
  echo 'the source answered 503, try again later' >&2
  exit 75
fi
sh make-data.sh orders "$rows" "$seed" | awk -F, '{ sum += $5 } END { printf "imported %d orders worth %.2f\n", NR, sum / 100 }'
