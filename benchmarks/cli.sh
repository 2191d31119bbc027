#!/usr/bin/env bash
# Wall time of everyday commands against a running local runtime.
set -eu

usage() {
  cat <<'HELP'
usage: benchmarks/cli.sh [options]

Starts the local runtime, submits a job, and measures the wall time of ./yard queue, show, submit, clusters and --help
as a user sees it: the launcher, the JVM, the call, the output. Bound: the median of each below 0.7 s once built.
The processor time (median) is told beside it: what of the wall time is left when the machine does other work.
Beside them: `true` through the same shell, and a JVM of the same JDK that only says its version.

  --calls N  calls of each command (9)
  --help

Exit codes: 0 every bound held, 1 something failed, 2 wrong words, 3 measured, but a bound was missed.
HELP
}

calls=9
while [ $# -gt 0 ]; do
  case $1 in
  --calls) calls=${2:?} && shift ;;
  --help | -h)
    usage
    exit 0
    ;;
  *)
    usage >&2
    exit 2
    ;;
  esac
  shift
done

home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
# shellcheck source=benchmarks/common.sh
. "$home/benchmarks/common.sh"
java=$(find_java)
build_all
work=$(mktemp -d "${TMPDIR:-/tmp}/stepyard-cli.XXXXXX")

# shellcheck disable=SC2317 # called by the trap
clean_up() {
  stop_runtime
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

printf '[{"name":"zurich","cpu":4,"memory":"8GiB","port":0},{"name":"geneva","cpu":4,"memory":"8GiB","port":0}]\n' >"$work/clusters.json"
start_runtime "$work/state" "$work/clusters.json"
export STEPYARD_API=$job_api STEPYARD_ENDPOINT=$endpoint STEPYARD_STATE_MACHINE=$machine_arn
printf '{"schemaVersion":1,"name":"nothing","cpu":1,"memory":"64MiB","run":{"kind":"command","command":["true"]}}\n' >"$work/job.json"
job=$("$home/yard" submit "$work/job.json" | grep -o -m 1 'nothing-[A-Za-z0-9._-]*' || :)
[ -n "$job" ] || fail 'submit did not name its job'

verdict=0
measure() {
  local what=$1 bound=$2 times median slowest cpu word=''
  shift 2
  # One line a call: wall seconds, processor seconds.
  times=$(for _ in $(seq "$calls"); do
    TIMEFORMAT='%R %U %S'
    { time "$@" >"$work/answer" 2>&1; } 2>"$work/time" || fail "$* failed: $(tail -n 2 "$work/answer")"
    awk '{ printf "%d %d\n", $1 * 1000, ($2 + $3) * 1000 }' "$work/time"
  done | sort -n)
  median=$(printf '%s\n' "$times" | sed -n "$((calls / 2 + 1))s/ .*//p")
  slowest=$(printf '%s\n' "$times" | tail -n 1 | cut -d' ' -f1)
  cpu=$(printf '%s\n' "$times" | cut -d' ' -f2 | sort -n | sed -n "$((calls / 2 + 1))p")
  if [ "$bound" != - ]; then
    word=held
    if [ "$median" -ge "$bound" ]; then
      word=MISSED
      verdict=3
    fi
  fi
  printf '%-28s %8s %8s %10s %8s %s\n' "$what" "$median" "$slowest" "$cpu" "$bound" "$word"
}

printf '%s, load %s, %s calls each, milliseconds\n' "$(date -u +%Y-%m-%dT%H:%MZ)" "$(load)" "$calls"
printf '%-28s %8s %8s %10s %8s\n' '' median slowest processor bound
measure 'sh -c true' - sh -c true
measure 'java -version' - "$java" -version
measure './yard queue' 700 "$home/yard" queue
measure './yard show JOB' 700 "$home/yard" show "$job"
measure './yard submit FILE' 700 "$home/yard" submit "$work/job.json"
measure './yard clusters' 700 "$home/yard" clusters
measure './yard --help' 700 "$home/yard" --help
printf 'load afterwards %s\n' "$(load)"
exit "$verdict"
