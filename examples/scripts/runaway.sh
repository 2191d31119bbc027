#!/bin/sh
# Never ends, and neither does its child: only the time limit ends both: sh runaway.sh
set -eu
LC_ALL=C
export LC_ALL
echo 'started, with a child that would outlive its parent'
sleep 600 &
child=$!
echo "child process $child"
sleep 600
