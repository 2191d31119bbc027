#!/bin/sh
# Ranks the nodes of a graph (PageRank by power iteration): sh page-rank.sh EDGES ROUNDS SEED
set -eu
LC_ALL=C
export LC_ALL
edges=$1 rounds=$2 seed=$3
sh make-data.sh edges "$edges" "$seed" | awk -v rounds="$rounds" '
  { from[NR] = $1; to[NR] = $2; out[$1]++; node[$1]; node[$2] }
  END {
    for (v in node) n++
    for (v in node) rank[v] = 1 / n
    for (round = 1; round <= rounds; round++) {
      lost = 0
      for (v in node) { gain[v] = 0; if (!(v in out)) lost += rank[v] }
      for (e = 1; e <= NR; e++) gain[to[e]] += rank[from[e]] / out[from[e]]
      for (v in node) rank[v] = 0.15 / n + 0.85 * (gain[v] + lost / n)
    }
    for (v in node) { sum += rank[v]; if (rank[v] > best) { best = rank[v]; who = v } }
    printf "%d nodes, %d edges; the most linked is node %s with rank %.5f; ranks sum to %.6f\n", n, NR, who, best, sum
    if (sum < 0.999999 || sum > 1.000001) { print "ranks must sum to 1" > "/dev/stderr"; exit 1 }
  }'
