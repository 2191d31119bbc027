#!/usr/bin/env bash
# Jobs per second of the whole product on two local clusters, beside SLURM on the same machine in the same run.
set -eu

usage() {
  cat <<'HELP'
usage: benchmarks/throughput.sh [options]

Runs `true` jobs through everything: StartExecution on the Step Functions API, queue, grant, submission, a real
process on one of two local clusters, its end, execution SUCCEEDED. Beside it, in the same run, SLURM runs as many
`sleep 0` batch jobs on two nodes with the same number of slots, where SLURM is installed.

  --jobs N            jobs of each measurement (1000)
  --slots N           slots of each of the two clusters (32)
  --rounds N          all measurements N times, in turns (1)
  --connections N     connections that call StartExecution at once (8)
  --slurm-submit HOW  array: one sbatch for all jobs, SLURM's fastest way; single: one sbatch a job (array)
  --slurm-port N      first of three ports for SLURM (27400)
  --install-slurm     apt-get install munge slurmctld slurmd slurm-client first (root, Debian)
  --no-slurm          ours only
  --keep              leave the state and the logs behind and say where
  --help

Clocks: "from the first submission until the last end", and "queue filled first": every job waits already when the
clock starts. "cpu" is processor time of all processes of the one or the other system, its jobs included, divided by
the jobs; it says the most on a machine that does other work as well (only where the script may make control groups).
"First jobs of a new runtime" are the first after its start, with an empty state; they are compared with SLURM's clock
from the first submission, whose daemons have just started as well. Each of the three is judged.
Exit codes: 0 measured, 1 something failed, 2 wrong words, 3 measured, but one of them was below twice the jobs/s of
SLURM as tuned.
HELP
}

jobs=1000 slots=32 rounds=1 connections=8 slurm=auto slurm_submit=array slurm_port=27400 keep=no
while [ $# -gt 0 ]; do
  case $1 in
  --jobs) jobs=${2:?} && shift ;;
  --slots) slots=${2:?} && shift ;;
  --rounds) rounds=${2:?} && shift ;;
  --connections) connections=${2:?} && shift ;;
  --slurm-submit) slurm_submit=${2:?} && shift ;;
  --slurm-port) slurm_port=${2:?} && shift ;;
  --install-slurm) slurm=install ;;
  --no-slurm) slurm=no ;;
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
case $slurm_submit in array | single) ;; *)
  usage >&2
  exit 2
  ;;
esac

home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
# shellcheck source=benchmarks/common.sh
. "$home/benchmarks/common.sh"
# shellcheck source=benchmarks/slurm.sh
. "$home/benchmarks/slurm.sh"
java=$(find_java)
build_all
work=$(mktemp -d "${TMPDIR:-/tmp}/stepyard-throughput.XXXXXX")
chmod 755 "$work"

# shellcheck disable=SC2317 # called by the trap
clean_up() {
  stop_runtime
  slurm_stop
  cpu_close
  if [ "$keep" = yes ]; then
    say "state and logs are in $work"
  else
    rm -rf "$work"
  fi
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [ "$slurm" = install ] && ! slurm_is_here; then
  slurm_install
fi
if [ "$slurm" = auto ] && ! slurm_is_here; then
  say 'SLURM is not installed here, so ours is measured alone; --install-slurm installs it'
  slurm=no
fi
cpu_open

tuned='batch_sched_delay=0,sched_min_interval=0,default_queue_depth=1000'
table=$work/table
: >"$table"

# round, system, what, jobs/s, seconds, cpu milliseconds a job, load before and after
row() {
  printf '%s|%s|%s|%s|%s|%s|%s\n' "$@" >>"$table"
  say "$2, $3: $4 jobs/s"
}

clusters_file=$work/clusters.json
printf '[{"name":"zurich","cpu":%d,"memory":"%dMiB","port":0},{"name":"geneva","cpu":%d,"memory":"%dMiB","port":0}]\n' \
  "$slots" $((slots * 128)) "$slots" $((slots * 128)) >"$clusters_file"

measure_ours() {
  local round=$1 what=$2 prefix=$3 line before after load_before
  shift 3
  load_before=$(load)
  before=$(cpu_millis ours)
  line=$(benchmark_main Throughput "$endpoint" "$machine_arn" "$prefix" "$jobs" "$connections" "$@")
  after=$(cpu_millis ours)
  row "$round" 'Stepyard' "$what" "$(printf '%s' "$line" | sed 's/.*jobs_per_second=//')" \
    "$(printf '%s' "$line" | sed 's/.* seconds=\([0-9.]*\).*/\1/')" "$(cpu_per_job "$before" "$after" "$jobs")" "$load_before-$(load)"
}

ours() {
  local round=$1
  start_runtime "$work/ours-$round" "$clusters_file"
  measure_ours "$round" 'first jobs of a new runtime' cold
  measure_ours "$round" 'from the first submission' warm
  measure_ours "$round" 'queue filled first' filled --gate "$work/gate-$round" "zurich=$slots" "geneva=$slots"
  stop_runtime
}

measure_slurm() {
  local round=$1 what=$2 how=$3 before after millis load_before
  load_before=$(load)
  before=$(cpu_millis slurm)
  millis=$(slurm_run "$how")
  after=$(cpu_millis slurm)
  row "$round" "$4" "$what" "$(per_second "$jobs" "$millis")" "$(awk -v ms="$millis" 'BEGIN { printf "%.2f", ms / 1000 }')" \
    "$(cpu_per_job "$before" "$after" "$jobs")" "$load_before-$(load)"
}

peer() {
  local round=$1
  slurm_start "slurm-tuned-$round" "$tuned"
  measure_slurm "$round" 'from the first submission' direct 'SLURM, tuned'
  measure_slurm "$round" 'queue filled first' filled 'SLURM, tuned'
  slurm_stop
  slurm_start "slurm-defaults-$round" ''
  measure_slurm "$round" 'from the first submission' direct 'SLURM, defaults'
  measure_slurm "$round" 'queue filled first' filled 'SLURM, defaults'
  slurm_stop
}

for round in $(seq "$rounds"); do
  ours "$round"
  if [ "$slurm" != no ]; then
    peer "$round"
  fi
done

printf '\n%s jobs, 2 x %s slots, %s processors, %s\n' "$jobs" "$slots" "$(nproc)" "$(date -u +%Y-%m-%dT%H:%MZ)"
if [ "$slurm" != no ]; then
  printf 'SLURM %s, jobs submitted as: %s; tuned: SchedulerParameters=%s; defaults: none\n' \
    "$(slurmctld -V | sed 's/[^ ]* //')" "$slurm_submit" "$tuned"
  printf 'SLURM: select/cons_tres CR_CPU, proctrack/linuxproc, task/none, no accounting, jobcomp/filetxt, output to /dev/null\n'
fi
printf '\n%-5s %-16s %-28s %8s %8s %10s %s\n' round system measurement jobs/s seconds 'cpu ms/job' 'load before-after'
while IFS='|' read -r round system what rate seconds cpu loads; do
  printf '%-5s %-16s %-28s %8s %8s %10s %s\n' "$round" "$system" "$what" "$rate" "$seconds" "$cpu" "$loads"
done <"$table"
if [ "$slurm" = no ]; then
  exit 0
fi

# Stepyard's mean over the rounds through SLURM's.
mean() { awk -F'|' -v s="$1" -v w="$2" -v c="$3" '$2 == s && $3 == w { sum += $c; n++ } END { if (n) printf "%.4f", sum / n; else printf "0" }' "$table"; }
verdict=0
printf '\n%-28s %14s %16s %20s\n' 'Stepyard through SLURM' 'tuned jobs/s' 'defaults jobs/s' 'tuned cpu a job'
compare() {
  local ours=$1 theirs=$2 tuned_ratio
  tuned_ratio=$(ratio "$(mean Stepyard "$ours" 4)" "$(mean 'SLURM, tuned' "$theirs" 4)")
  printf '%-28s %13sx %15sx %19sx\n' "$ours" "$tuned_ratio" \
    "$(ratio "$(mean Stepyard "$ours" 4)" "$(mean 'SLURM, defaults' "$theirs" 4)")" \
    "$(ratio "$(mean Stepyard "$ours" 6)" "$(mean 'SLURM, tuned' "$theirs" 6)")"
  if awk -v r="$tuned_ratio" 'BEGIN { exit !(r + 0 < 2) }'; then
    verdict=3
  fi
}
compare 'first jobs of a new runtime' 'from the first submission'
compare 'from the first submission' 'from the first submission'
compare 'queue filled first' 'queue filled first'
printf 'each: at least 2.00 is asked for beside SLURM as tuned: %s\n' "$([ "$verdict" = 0 ] && echo held || echo 'not held')"
exit "$verdict"
