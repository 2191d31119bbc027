#!/bin/sh
# A real SLURM on this machine, from Debian's packages: two nodes of 2 processors and 2 GiB, slurmrestd with tokens; loopback only, as root,
# everything below the directory given. Stays in the foreground and ends everything it started when it is ended.
#   real-slurm.sh DIRECTORY FIRST_PORT [CLEAN|KEEP]
# Prints "ready" when jobs can be submitted. The token of user nobody is in DIRECTORY/token.
set -eu
# A daemon that is killed leaves no core file in whoever's directory.
ulimit -c 0

dir=$1
port=$2
fresh=${3:-CLEAN}
pids=

stop() {
  trap - INT TERM EXIT
  for pid in $pids; do
    kill -9 "$pid" 2>/dev/null || :
  done
  exit 0
}
trap stop INT TERM EXIT

await() {
  what=$1
  shift
  tries=0
  until "$@" >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -ge 600 ]; then
      echo "$what did not come up; see $dir/log" >&2
      exit 1
    fi
    sleep 0.05
  done
}

mkdir -p "$dir/state" "$dir/log" "$dir/spool/n1" "$dir/spool/n2" "$dir/out"
chmod 755 "$dir"
chmod 1777 "$dir/out"
[ -f "$dir/munge.key" ] || head -c 1024 /dev/urandom >"$dir/munge.key"
[ -f "$dir/jwt.key" ] || head -c 32 /dev/urandom >"$dir/jwt.key"
chmod 600 "$dir/munge.key" "$dir/jwt.key"
host=$(hostname -s)
cat >"$dir/slurm.conf" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
AuthType=auth/munge
AuthInfo=socket=$dir/munge.socket
CredType=cred/munge
AuthAltTypes=auth/jwt
AuthAltParameters=jwt_key=$dir/jwt.key
SlurmUser=root
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool/%n
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd-%n.pid
SlurmctldLogFile=$dir/log/slurmctld.log
SlurmdLogFile=$dir/log/slurmd-%n.log
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$dir/log/ended.log
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0
SlurmdParameters=config_overrides
PropagateResourceLimits=NONE
ReturnToService=2
KillWait=1
OverTimeLimit=0
MinJobAge=300
DefMemPerCPU=64
NodeName=n[1-2] NodeHostname=$host NodeAddr=127.0.0.1 Port=[$((port + 1))-$((port + 2))] CPUs=2 RealMemory=2048 State=UNKNOWN
PartitionName=debug Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF="$dir/slurm.conf"

munged --foreground --force --socket="$dir/munge.socket" --key-file="$dir/munge.key" --pid-file="$dir/munged.pid" \
  --log-file="$dir/log/munged.log" --seed-file="$dir/munged.seed" >"$dir/log/munged.out" 2>&1 &
pids="$! $pids"
await munged test -S "$dir/munge.socket"
clean=
if [ "$fresh" = CLEAN ]; then
  clean=-c
fi
slurmctld -D $clean -f "$dir/slurm.conf" >"$dir/log/slurmctld.out" 2>&1 &
echo $! >"$dir/controller"
pids="$! $pids"
slurmd -D -N n1 -f "$dir/slurm.conf" >"$dir/log/n1.out" 2>&1 &
pids="$! $pids"
slurmd -D -N n2 -f "$dir/slurm.conf" >"$dir/log/n2.out" 2>&1 &
pids="$! $pids"
# It talks to the controller by token, not by munge, and refuses to be root.
SLURM_JWT=daemon setpriv --reuid=nobody --regid=nogroup --clear-groups slurmrestd -f "$dir/slurm.conf" -a rest_auth/jwt \
  -s openapi/v0.0.38 -t 8 "127.0.0.1:$((port + 3))" >"$dir/log/slurmrestd.out" 2>&1 &
pids="$! $pids"
idle() {
  [ "$(sinfo -h -o '%T %D')" = 'idle 2' ]
}
await SLURM idle
scontrol token username=nobody lifespan=36000 | sed 's/^SLURM_JWT=//' >"$dir/token"
listening() {
  code=$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$((port + 3))/slurm/v0.0.38/ping")
  [ "$code" = 401 ]
}
await slurmrestd listening
echo ready
# Until it is ended; a controller that was killed by a test is started again when the file says so.
while :; do
  if [ -f "$dir/start-controller" ]; then
    rm -f "$dir/start-controller"
    slurmctld -D -f "$dir/slurm.conf" >>"$dir/log/slurmctld.out" 2>&1 &
    echo $! >"$dir/controller"
    pids="$! $pids"
  fi
  sleep 0.1
done
