#!/usr/bin/env bash
# A Slurm cluster of this one machine, for tests: cluster.sh start|stop FOLDER.
# Daemons of its own, without systemd; all that they write is in FOLDER. The commands of Slurm find it through
# SLURM_CONF=FOLDER/slurm.conf. Needs Debian's slurm-wlm and munge, and to be root: slurmd starts jobs for users.
set -euo pipefail

verb="${1:?start or stop}"
folder="$(mkdir -p "${2:?a folder}" && cd "$2" && pwd)"
export SLURM_CONF="$folder/slurm.conf"
PATH="$PATH:/usr/sbin:/sbin"

fail() {
  echo "no cluster: $1" >&2
  exit 77
}

stop() {
  for daemon in slurmd slurmctld munged; do
    if [ -s "$folder/$daemon.pid" ]; then
      pid="$(cat "$folder/$daemon.pid")"
      kill "$pid" 2> /dev/null || true
      for _ in $(seq 100); do
        grep -qs '^State:[[:space:]]*[^ZX]' "/proc/$pid/status" || break
        sleep 0.1
      done
    fi
  done
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

if [ "$verb" = stop ]; then
  stop
  exit 0
fi

for program in munged slurmctld slurmd sbatch squeue scancel scontrol python3; do
  command -v "$program" > /dev/null || fail "there is no $program (apt-get install slurm-wlm munge)"
done
[ "$(id -u)" = 0 ] || fail "slurmd needs root"

mkdir -p "$folder/state" "$folder/spool"
chmod 755 "$folder"
head -c 1024 /dev/urandom > "$folder/munge.key"
chmod 600 "$folder/munge.key"
memory="$(awk '/MemTotal/ { print int($2 / 1024) }' /proc/meminfo)"
cat > "$SLURM_CONF" << EOF
ClusterName=flowexp
SlurmctldHost=$(hostname -s)(127.0.0.1)
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CryptoType=crypto/munge
SlurmUser=root
SlurmdUser=root
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
# A job in the partition "high" sends those in "low" back into the queue.
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
JobRequeue=1
SchedulerParameters=sched_interval=2,bf_interval=2,batch_sched_delay=0
NodeName=$(hostname -s) NodeAddr=127.0.0.1 CPUs=2 RealMemory=$memory
PartitionName=low Nodes=ALL Default=YES PriorityTier=1 MaxTime=INFINITE State=UP
PartitionName=high Nodes=ALL PriorityTier=10 MaxTime=INFINITE State=UP
EOF

munged --force --socket="$folder/munge.socket" --key-file="$folder/munge.key" --pid-file="$folder/munged.pid" \
  --log-file="$folder/munged.log" --seed-file="$folder/munged.seed" || fail "munged does not start"
slurmctld -c > "$folder/slurmctld.out" 2>&1 || fail "slurmctld does not start: $(tail -n 1 "$folder/slurmctld.out")"
slurmd > "$folder/slurmd.out" 2>&1 || { stop; fail "slurmd does not start: $(tail -n 1 "$folder/slurmd.out")"; }
for _ in $(seq 120); do
  if sinfo --noheader --format=%T --partition=low 2> /dev/null | grep -q '^idle'; then
    exit 0
  fi
  sleep 0.5
done
stop
fail "the node does not become idle: $(tail -n 1 "$folder/slurmd.log")"
