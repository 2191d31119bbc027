#!/bin/sh
# Makes data on standard output: sh make-data.sh KIND ROWS SEED. Same arguments, same bytes, with any awk.
#   words       lines of words, short words far more often than long ones
#   access-log  web server lines: address time method path status bytes
#   clicks      user second page, in order of time
#   points      x y, around the five centres (10,10) (30,80) (50,40) (80,20) (85,85)
#   orders      order,customer,region,product,cents
#   customers   customer,name,segment
#   numbers     one whole number a line, below 2147483647
#   dna         lines of 80 letters A C G T
#   edges       from to, nodes with small numbers being linked to most
set -eu
kind=$1 rows=$2 seed=$3
LC_ALL=C exec awk -v kind="$kind" -v rows="$rows" -v seed="$seed" '
# Lehmer generator: every step fits a double, so no awk differs from another.
function next_random() { state = (state * 16807) % 2147483647; return state }
function below(n) { return next_random() % n }
function fraction() { return next_random() / 2147483647 }
function square_below(n,   f) { f = fraction(); return int(f * f * n) }
function bell() { return fraction() + fraction() + fraction() + fraction() - 2 }
BEGIN {
  state = seed * 7919 + 1
  for (i = 0; i < 20; i++) next_random()
  if (kind == "words") {
    split("the of a to in and job queue cluster data row run wait start end map reduce sort merge scan join group filter table index shard node core memory disk network latency throughput priority scheduler reservation utilisation", word, " ")
    count = 37
    for (row = 0; row < rows; row++) {
      line = word[square_below(count) + 1]
      for (i = 1; i < 12; i++) line = line " " word[square_below(count) + 1]
      print line
    }
  } else if (kind == "access-log") {
    split("/ /login /search /cart /pay /api/orders /api/items /help", path, " ")
    for (row = 0; row < rows; row++) {
      chance = below(1000)
      status = chance < 930 ? 200 : chance < 960 ? 404 : chance < 985 ? 302 : 500
      printf "10.%d.%d.%d %d GET %s %d %d\n", below(4), below(16), below(250), 1700000000 + row, path[square_below(8) + 1], status, 200 + below(40000)
    }
  } else if (kind == "clicks") {
    second = 0
    for (row = 0; row < rows; row++) { second += below(3); print "user" square_below(5000), second, "page" below(200) }
  } else if (kind == "points") {
    split("10 30 50 80 85", cx, " "); split("10 80 40 20 85", cy, " ")
    for (row = 0; row < rows; row++) { c = row % 5 + 1; printf "%.3f %.3f\n", cx[c] + 6 * bell(), cy[c] + 6 * bell() }
  } else if (kind == "orders") {
    split("north south east west", region, " ")
    for (row = 0; row < rows; row++) printf "%d,%d,%s,p%d,%d\n", row + 1, square_below(20000) + 1, region[below(4) + 1], below(50), 100 + below(99900)
  } else if (kind == "customers") {
    split("retail business public", segment, " ")
    for (row = 0; row < rows; row++) printf "%d,customer-%d,%s\n", row + 1, row + 1, segment[below(3) + 1]
  } else if (kind == "numbers") {
    for (row = 0; row < rows; row++) print next_random()
  } else if (kind == "dna") {
    split("A C G T", letter, " ")
    for (row = 0; row < rows; row++) { line = ""; for (i = 0; i < 80; i++) line = line letter[below(4) + 1]; print line }
  } else if (kind == "edges") {
    for (row = 0; row < rows; row++) print below(5000), square_below(5000)
  } else {
    print "make-data.sh: no kind of data named " kind > "/dev/stderr"
    exit 2
  }
}'
