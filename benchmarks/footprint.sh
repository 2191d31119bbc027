#!/usr/bin/env bash
# shellcheck disable=SC2013,SC2317 # process ids are words; functions are called by name
# Memory of the idle local runtime, and how fast it answers when it holds many jobs that have ended.
set -eu

usage() {
  cat <<'HELP'
usage: benchmarks/footprint.sh [options]

1. Starts the local runtime with its two clusters on an empty state, lets it idle, prints the resident memory (VmRSS)
   of every process. Bound: the runtime below 400 MB (400 x 1024 kB).
2. Loads jobs that have ended into the same state directory while nothing runs: a row of each in the store, as the use
   cases write it, and an execution of each in the engine, made by the shipped state machine itself. Not loaded: the
   clusters' own records of their runs.
3. Starts the runtime on that state and measures the answers. Bound: each below 1 s. The first call after the start
   and the median of the following are told apart; the bound is for both.

  --jobs N   ended jobs to load (100000)
  --idle N   seconds to idle before memory is read (20)
  --calls N  calls of each kind after the first (9)
  --keep     leave the state behind and say where
  --help

Exit codes: 0 every bound held, 1 something failed, 2 wrong words, 3 measured, but a bound was missed.
HELP
}

jobs=100000 idle=20 calls=9 keep=no
while [ $# -gt 0 ]; do
  case $1 in
  --jobs) jobs=${2:?} && shift ;;
  --idle) idle=${2:?} && shift ;;
  --calls) calls=${2:?} && shift ;;
  --keep) keep=yes ;;
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
work=$(mktemp -d "${TMPDIR:-/tmp}/stepyard-footprint.XXXXXX")

# shellcheck disable=SC2317 # called by the trap
clean_up() {
  stop_runtime
  if [ "$keep" = yes ]; then
    say "the state is in $work"
  else
    rm -rf "$work"
  fi
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

verdict=0
# what, found, bound, unit: prints a line and remembers a bound that was missed; a bound of - is none.
line() {
  local word=''
  if [ "$3" != - ]; then
    word=held
    if awk -v f="$2" -v b="$3" 'BEGIN { exit !(f + 0 >= b + 0) }'; then
      word=MISSED
      verdict=3
    fi
  fi
  printf '%-46s %10s %-4s %10s %s\n' "$1" "$2" "$4" "$3" "$word"
}

rss_mb() { awk '/^VmRSS:/ { printf "%.0f", $2 / 1024 }' "/proc/$1/status"; }

memory() {
  local total pid name each
  total=$(rss_mb "$runtime")
  line 'runtime, resident' "$total" 400 MB
  for pid in $(sed -n 's/.*"pid" *: *\([0-9]*\).*/\1/p' "$work/state/runtime.json"); do
    if [ "$pid" != "$runtime" ]; then
      name=$(tr '\0' '\n' <"/proc/$pid/cmdline" | sed -n '/^--name$/{n;p;}')
      each=$(rss_mb "$pid")
      total=$((total + each))
      line "cluster $name, resident" "$each" - MB
    fi
  done
  line 'all processes, resident (aim: below 400)' "$total" - MB
}

# Seconds of one call; fails when the answer is not 200.
call() {
  local answer
  answer=$(curl -sS -o "$work/answer" -w '%{http_code} %{time_total}' "$@")
  case $answer in
  '200 '*) printf '%s\n' "${answer#* }" ;;
  *) fail "expected 200 from ${*: -1}, but found $answer: $(head -c 300 "$work/answer")" ;;
  esac
}

wall() {
  local began
  began=$(date +%s%N)
  "$@" >"$work/answer" || fail "$* failed: $(tail -n 2 "$work/answer")"
  awk -v ns=$(($(date +%s%N) - began)) 'BEGIN { printf "%.3f\n", ns / 1e9 }'
}

answers() {
  local what=$1 first median
  shift
  first=$("$@")
  median=$(for _ in $(seq "$calls"); do "$@"; done | sort -n | sed -n "$((calls / 2 + 1))p")
  line "$what, first" "$first" 1 s
  line "$what, median of $calls" "$median" 1 s
}

states() {
  call -H 'Content-Type: application/x-amz-json-1.0' -H "X-Amz-Target: AWSStepFunctions.$1" -d "$2" "$endpoint"
}

clusters_file=$work/clusters.json
printf '[{"name":"zurich","cpu":4,"memory":"8GiB","port":0},{"name":"geneva","cpu":4,"memory":"8GiB","port":0}]\n' >"$clusters_file"
heading() { printf '\n%s (%s, load %s)\n%-46s %10s %-4s %10s\n' "$1" "$(date -u +%Y-%m-%dT%H:%MZ)" "$(load)" '' found '' bound; }

timed_start() {
  local began
  began=$(now_millis)
  start_runtime "$work/state" "$clusters_file"
  line 'start until ready' "$(awk -v ms=$(($(now_millis) - began)) 'BEGIN { printf "%.1f", ms / 1000 }')" - s
}

heading 'An empty state'
timed_start
sleep "$idle"
memory
stop_runtime

benchmark_main LoadEnded "$work/state" "$jobs"
heading "$jobs ended jobs and executions"
timed_start
sleep "$idle"
memory
execution=$(printf '%s' "$machine_arn" | sed 's/:stateMachine:/:execution:/'):ended-$((jobs / 2))
answers './yard queue' wall env STEPYARD_API="$job_api" STEPYARD_ENDPOINT="$endpoint" "$home/yard" queue
answers 'GET /v1/jobs?limit=100' call "$job_api/v1/jobs?limit=100"
answers 'GET /v1/queue' call "$job_api/v1/queue"
answers 'GET /v1/jobs/{jobId}/history' call "$job_api/v1/jobs/ended-$((jobs / 2))/history"
answers 'ListExecutions, newest 100' states ListExecutions "{\"stateMachineArn\":\"$machine_arn\",\"maxResults\":100}"
answers 'ListExecutions, RUNNING' states ListExecutions "{\"stateMachineArn\":\"$machine_arn\",\"statusFilter\":\"RUNNING\"}"
answers 'GetExecutionHistory of one execution' states GetExecutionHistory "{\"executionArn\":\"$execution\"}"
printf '\nafterwards\n'
memory
printf '\nstate on disk: %s\n' "$(du -sh "$work/state" | cut -f1)"
stop_runtime
exit "$verdict"
