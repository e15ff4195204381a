/** Scripts, and the flags that are found in them. */
export const SCRIPTS: readonly { file: string; source: string; found: string }[] = [
  {
    file: "train.sh",
    source: `#!/bin/sh
# Trains it.
lr=0.1
epochs=10
name='a b'
export MODE="fast"
out=$(mktemp)
python train.py --lr "$lr" --epochs "$epochs"
`,
    found: `globals: Trains it.
3| lr=0.1
4| epochs=10
5| name="a b"
6| MODE="fast"`,
  },
  {
    file: "defaults.sh",
    source: `#!/usr/bin/env bash
set -euo pipefail
lr="\${lr:-0.5}"
: "\${epochs:=3}"
seed=\${SEED:-1}
readonly name=\${name:-x}
echo $lr
`,
    found: `globals
3| lr=0.5
4| epochs=3
6| name="x"`,
  },
  {
    file: "getopts.sh",
    source: `#!/bin/bash
lr=0.1
verbose=0
while getopts "l:e:vh" opt; do
  case $opt in
    l) lr=$OPTARG ;;
    e) epochs=$OPTARG ;;
    v) verbose=1 ;;
    h) usage; exit 0 ;;
    *) exit 2 ;;
  esac
done
`,
    found: `args
6| lr=0.1 argName:-l
7| epochs=null argName:-e
8| verbose=false type:boolean argSwitch:true argName:-v`,
  },
  {
    file: "long_options.sh",
    source: `#!/bin/bash
LR=0.1
OUT=out
while [[ $# -gt 0 ]]; do
  case "$1" in
    -l|--lr)
      LR="$2"
      shift 2
      ;;
    --out=*) OUT="\${1#*=}"; shift ;;
    --loud) LOUD=1; shift ;;
    -h|--help) usage; exit ;;
    *) break ;;
  esac
done
`,
    found: `args
6| lr=0.1
10| out="out" argJoin
11| loud=false type:boolean argSwitch:true`,
  },
  {
    file: "loop.sh",
    source: `for arg in "$@"; do
  case $arg in
    --size=*) SIZE="\${arg#*=}" ;;
    --dry-run) DRY=true ;;
  esac
done
`,
    found: `args
3| size=null argJoin
4| dry-run=false type:boolean argSwitch:true`,
  },
  {
    file: "heredoc.sh",
    source: `n=3
cat <<END
m=4
END
if true; then
  k=1
fi
n=5
`,
    found: `globals
1| n=3`,
  },
  {
    file: "nothing.sh",
    source: `echo hello
`,
    found: `globals`,
  },
  {
    file: "script_without_extension",
    source: `#!/bin/sh
count=2
echo $count
`,
    found: `globals
2| count=2`,
  },
  {
    file: "slurm.sh",
    source: `#!/bin/bash
#SBATCH --job-name=train
#SBATCH --gres=gpu:1

SEED=\${1:-0}
LR=3e-4
MODEL="resnet50"
for fold in 0 1 2; do
  python train.py --seed "$SEED" --lr "$LR" --fold $fold
done
`,
    found: `globals
6| LR=0.0003
7| MODEL="resnet50"`,
  },
];
