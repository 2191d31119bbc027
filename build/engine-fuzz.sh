#!/bin/sh
# Malformed definitions, inputs, tokens and HTTP requests against the Step Functions engine: each must get a proper error, and the heap must not
# grow. Prints what was answered how often, the heap, and the slowest case; ends with 1 where anything was not answered properly.
#
#   build/engine-fuzz.sh                    a million cases
#   build/engine-fuzz.sh 100000 7           a hundred thousand of seed 7
#   build/engine-fuzz.sh 1 7 4711           case 4711 of seed 7 alone
set -eu

cd "$(dirname "$0")/.."
case ${1-} in
-h | --help)
  sed -n 's/^# \{0,1\}//p' "$0" | sed -n '2,8p'
  exit 0
  ;;
esac
log=step-functions-local/target/fuzz.log
mkdir -p step-functions-local/target
if mvn -B -o -pl step-functions-local -Dquick test -Dtest=FuzzTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dfuzz.cases="${1:-1000000}" -Dfuzz.seed="${2:-20261121}" -Dfuzz.first="${3:-0}" >"$log" 2>&1; then
  result=0
else
  result=1
fi
sed -n -e '/^[0-9]* cases, seed/p' -e '/^ *[0-9][0-9]*  [a-z]/p' -e 's/^\(Expecting empty but was.*\)/\1/p' -e '/^    "case /p' "$log" | awk '!seen[$0]++'
[ "$result" -eq 0 ] || echo "engine-fuzz: failed; see $log" >&2
exit "$result"
