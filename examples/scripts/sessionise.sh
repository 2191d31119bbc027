#!/bin/sh
# Cuts clicks into sessions of at most half an hour of silence: sh sessionise.sh CLICKS SEED
set -eu
LC_ALL=C
export LC_ALL
clicks=$1 seed=$2
sh make-data.sh clicks "$clicks" "$seed" | awk '
  { if (!($1 in last) || $2 - last[$1] > 1800) { sessions++; begin[$1] = $2; size[$1] = 0 }
    last[$1] = $2; size[$1]++
    if ($2 - begin[$1] > longest) { longest = $2 - begin[$1]; who = $1 }
    users[$1] = 1 }
  END { for (u in users) people++
    printf "%d clicks, %d users, %d sessions, longest %d s by %s\n", NR, people, sessions, longest, who
    if (sessions < people) { print "fewer sessions than users" > "/dev/stderr"; exit 1 } }'
