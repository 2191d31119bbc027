# Starts one run and writes down how it ended, so that its result is known even when the cluster is not there to see it.
# $1 claim file, $2 exit file, $3 session|plain, then the program and its arguments. Built-in commands only: nothing else is forked.
# no set -e: the program's exit code, whatever it is, must be written down.
set -C
{ IFS= read -r stepyard_stat < "/proc/$$/stat"; } 2>/dev/null
{ IFS= read -r stepyard_boot < /proc/sys/kernel/random/boot_id; } 2>/dev/null
# Exclusive: whoever creates the claim decides whether the program starts.
{ echo "$$ ${stepyard_boot:--} ${stepyard_stat:--} ." > "$1"; } 2>/dev/null || exit 125
set +C
# Handled here, so that the launcher outlives a signal to the whole group; the program gets the defaults.
trap : HUP INT QUIT TERM USR1 USR2
stepyard_exit=$2
stepyard_mode=$3
shift 3
# Said in our own words: the shell's would be about this script.
stepyard_why="not found on PATH ($PATH)"
case $1 in
*/*)
  stepyard_why='no such file'
  if [ -f "$1" ] && [ -x "$1" ]; then
    stepyard_why=
  elif [ -e "$1" ]; then
    stepyard_why='not an executable file'
  fi
  ;;
*)
  stepyard_ifs=$IFS
  IFS=:
  set -f
  for stepyard_folder in $PATH; do
    if [ -f "${stepyard_folder:-.}/$1" ] && [ -x "${stepyard_folder:-.}/$1" ]; then
      stepyard_why=
      break
    fi
  done
  set +f
  IFS=$stepyard_ifs
  ;;
esac
if [ -z "$stepyard_why" ]; then
  (exec "$@")
  stepyard_code=$?
else
  echo "stepyard: cannot start '$1': $stepyard_why" >&2
  stepyard_code=127
fi
echo "$stepyard_code ." > "$stepyard_exit"
# What the program left behind in its process group ends with it, this shell included.
if [ "$stepyard_mode" = session ]; then kill -s KILL -- "-$$"; fi
exit "$stepyard_code"
