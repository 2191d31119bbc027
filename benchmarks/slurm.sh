# no set -e: read by scripts that have set it
# A SLURM of our own for the throughput benchmark; sourced, not run. Loopback only, no systemd, everything below $slurm_dir.
# shellcheck shell=bash disable=SC2154
set -eu

slurm_dir=
slurm_pids=

slurm_is_here() {
  command -v munged >/dev/null 2>&1 && command -v slurmctld >/dev/null 2>&1 && command -v slurmd >/dev/null 2>&1 &&
    command -v sbatch >/dev/null 2>&1
}

slurm_install() {
  say 'installing munge, slurmctld, slurmd and slurm-client'
  apt-get install -y --no-install-recommends munge slurmctld slurmd slurm-client >"$work/apt.log" 2>&1 ||
    fail "apt-get failed: $(tail -n 2 "$work/apt.log")"
}

# Two nodes of $slots processors each; the processors are only counted, no job is bound to one.
slurm_conf() {
  local parameters=$1 host
  host=$(hostname -s)
  {
    printf '%s\n' 'ClusterName=benchmark' "SlurmctldHost=$host(127.0.0.1)" "SlurmctldPort=$slurm_port" \
      'CommunicationParameters=NoCtldInAddrAny,NoInAddrAny' 'AuthType=auth/munge' "AuthInfo=socket=$slurm_dir/munge.socket" \
      'CredType=cred/munge' 'SlurmUser=root' "StateSaveLocation=$slurm_dir/state" "SlurmdSpoolDir=$slurm_dir/spool-%n" \
      "SlurmctldPidFile=$slurm_dir/slurmctld.pid" "SlurmdPidFile=$slurm_dir/slurmd-%n.pid" \
      "SlurmctldLogFile=$slurm_dir/slurmctld.log" "SlurmdLogFile=$slurm_dir/slurmd-%n.log" 'MpiDefault=none' \
      'ProctrackType=proctrack/linuxproc' 'TaskPlugin=task/none' 'JobAcctGatherType=jobacct_gather/none' \
      'AccountingStorageType=accounting_storage/none' 'JobCompType=jobcomp/filetxt' "JobCompLoc=$slurm_dir/ended.log" \
      'SelectType=select/cons_tres' 'SelectTypeParameters=CR_CPU' 'SlurmdParameters=config_overrides' \
      'PropagateResourceLimits=NONE' 'ReturnToService=2' 'MaxArraySize=100001' 'MaxJobCount=100000'
    if [ -n "$parameters" ]; then
      printf 'SchedulerParameters=%s\n' "$parameters"
    fi
    printf 'NodeName=n[1-2] NodeHostname=%s NodeAddr=127.0.0.1 Port=[%d-%d] CPUs=%d State=UNKNOWN\n' "$host" \
      "$((slurm_port + 1))" "$((slurm_port + 2))" "$slots"
    printf 'PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP\n'
  } >"$slurm_dir/slurm.conf"
}

slurm_daemon() {
  local log=$1
  shift
  (in_group slurm "$@") >"$slurm_dir/$log" 2>&1 &
  slurm_pids="$! $slurm_pids"
}

slurm_start() {
  local waited=0
  slurm_dir=$work/$1
  mkdir -p "$slurm_dir/state" "$slurm_dir/spool-n1" "$slurm_dir/spool-n2"
  chmod 755 "$slurm_dir"
  head -c 1024 /dev/urandom >"$slurm_dir/munge.key"
  chmod 600 "$slurm_dir/munge.key"
  slurm_conf "$2"
  export SLURM_CONF=$slurm_dir/slurm.conf
  cpu_enter slurm
  slurm_daemon munged.out munged --foreground --force --socket="$slurm_dir/munge.socket" --key-file="$slurm_dir/munge.key" \
    --pid-file="$slurm_dir/munged.pid" --log-file="$slurm_dir/munged.log" --seed-file="$slurm_dir/munged.seed"
  while [ ! -S "$slurm_dir/munge.socket" ]; do
    waited=$((waited + 1))
    [ "$waited" -lt 200 ] || fail "munged did not start: $(tail -n 2 "$slurm_dir/munged.out")"
    sleep 0.05
  done
  slurm_daemon slurmctld.out slurmctld -D -c -f "$slurm_dir/slurm.conf"
  slurm_daemon slurmd-n1.out slurmd -D -N n1 -f "$slurm_dir/slurm.conf"
  slurm_daemon slurmd-n2.out slurmd -D -N n2 -f "$slurm_dir/slurm.conf"
  waited=0
  until [ "$(sinfo -h -o '%T %D' 2>/dev/null)" = 'idle 2' ]; do
    waited=$((waited + 1))
    [ "$waited" -lt 600 ] || fail "SLURM did not come up; see $slurm_dir"
    sleep 0.1
  done
}

# Every daemon that was started here, the last first.
slurm_stop() {
  local pid
  for pid in $slurm_pids; do
    kill "$pid" 2>/dev/null || :
    wait "$pid" 2>/dev/null || :
  done
  slurm_pids=
  cpu_leave slurm
}

slurm_ended() {
  if [ -f "$slurm_dir/ended.log" ]; then
    wc -l <"$slurm_dir/ended.log"
  else
    echo 0
  fi
}

slurm_submit() {
  if [ "$slurm_submit" = array ]; then
    sbatch --quiet --array=0-$(($1 - 1)) -n 1 -c 1 -o /dev/null --wrap 'sleep 0'
  else
    local job
    for job in $(seq "$1"); do
      sbatch --quiet -J "job-$job" -n 1 -c 1 -o /dev/null --wrap 'sleep 0'
    done
  fi
}

# Prints the milliseconds from the first submission, or from the opening of the filled queue, until the last job has ended.
slurm_run() {
  local filled=$1 before wanted began
  before=$(slurm_ended)
  wanted=$((before + jobs))
  if [ "$filled" = filled ]; then
    scontrol update PartitionName=all State=DOWN
    slurm_submit "$jobs"
    began=$(now_millis)
    scontrol update PartitionName=all State=UP
  else
    began=$(now_millis)
    slurm_submit "$jobs"
  fi
  while [ "$(slurm_ended)" -lt "$wanted" ]; do
    [ $(($(now_millis) - began)) -lt 600000 ] || fail "SLURM did not end $jobs jobs within 10 minutes; see $slurm_dir"
    sleep 0.05
  done
  echo $(($(now_millis) - began))
  if tail -n "$jobs" "$slurm_dir/ended.log" | grep -v -q 'JobState=COMPLETED'; then
    fail "not every job of SLURM ended COMPLETED; see $slurm_dir/ended.log"
  fi
}
