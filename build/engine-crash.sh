#!/bin/sh
# Kills the Step Functions server (kill -9) at random moments under load, starts it again on the same data, and so on; then every execution must
# have ended as one that nothing happened to, event for event. Prints what was done; ends with 1 where anything was lost.
#
#   build/engine-crash.sh                   200 kills
#   build/engine-crash.sh 20 7              20 kills at the moments of seed 7
set -eu

cd "$(dirname "$0")/.."
case ${1-} in
-h | --help)
  sed -n 's/^# \{0,1\}//p' "$0" | sed -n '2,7p'
  exit 0
  ;;
esac
log=step-functions-local/target/crash.log
mkdir -p step-functions-local/target
if mvn -B -o -pl step-functions-local -Dquick test -Dtest=ServerCrashTest -Dcrash.kills="${1:-200}" -Dcrash.seed="${2:-20261121}" >"$log" 2>&1; then
  sed -n '/^[0-9]* kills, seed/p' "$log"
else
  echo "engine-crash: failed; see $log" >&2
  sed -n '/^\[ERROR\]/p' "$log" | head -n 12 >&2
  exit 1
fi
