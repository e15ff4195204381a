/** Scripts, and the flags that are found in them. */
export const SCRIPTS: readonly { file: string; source: string; found: string }[] = [
  {
    file: "say.py",
    source: `import argparse

p = argparse.ArgumentParser()
p.add_argument("--msg", default="hello")
p.add_argument("--loud", action="store_true")

if __name__ == "__main__":
    args = p.parse_args()
    msg = args.msg.upper() if args.loud else args.msg
    print(msg)
`,
    found: `args
4| msg="hello"
5| loud=false type:boolean argSwitch:true`,
  },
  {
    file: "mnist.py",
    source: `"""Train a small network on MNIST.

Longer text.
"""
from __future__ import print_function
import argparse
import torch

def main():
    # Training settings
    parser = argparse.ArgumentParser(description='PyTorch MNIST Example')
    parser.add_argument('--batch-size', type=int, default=64, metavar='N',
                        help='input batch size for training (default: 64)')
    parser.add_argument('--test-batch-size', type=int, default=1000, metavar='N')
    parser.add_argument('--lr', type=float, default=1.0, metavar='LR',
                        help='learning rate (default: %(default)s)')
    parser.add_argument('--no-cuda', action='store_true', default=False,
                        help='disables CUDA training')
    parser.add_argument('--seed', type=int, default=1, metavar='S')
    args = parser.parse_args()

if __name__ == '__main__':
    main()
`,
    found: `args: PyTorch MNIST Example
12| batch-size=64 type:int "input batch size for training (default: 64)"
14| test-batch-size=1000 type:int
15| lr=1 type:float "learning rate (default: 1)"
17| no-cuda=false type:boolean argSwitch:true "disables CUDA training"
19| seed=1 type:int`,
  },
  {
    file: "alias.py",
    source: `import argparse as ap
from argparse import ArgumentParser as Parser
p = Parser()
p.add_argument("-o", "--out", dest="output", default=None)
p.add_argument("-n", type=int, default=3)
p.add_argument("-v", "--verbose", action="count", default=0)
`,
    found: `args
4| out=null
5| n=3 argName:-n type:int
6| verbose=0 type:int argRepeat:count`,
  },
  {
    file: "choices.py",
    source: `import argparse
OPTIMIZERS = ["sgd", "adam", "rmsprop"]
DEFAULT_LR = 1e-3
parser = argparse.ArgumentParser()
parser.add_argument("--optimizer", choices=OPTIMIZERS, default=OPTIMIZERS[0])
parser.add_argument("--lr", type=float, default=DEFAULT_LR)
parser.add_argument("--layers", type=int, choices=range(1, 5), default=2)
parser.add_argument("--size", choices=("s", "m", "l"), default="m")
`,
    found: `args
5| optimizer="sgd" choices:["sgd","adam","rmsprop"]
6| lr=0.001 type:float
7| layers=2 type:int choices:[1,2,3,4]
8| size="m" choices:["s","m","l"]`,
  },
  {
    file: "bools.py",
    source: `import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--bo", action=argparse.BooleanOptionalAction, default=True)
parser.add_argument("--aug", action=argparse.BooleanOptionalAction, default=False)
parser.add_argument("--amp", action=argparse.BooleanOptionalAction)
parser.add_argument("--no-cache", dest="cache", action="store_false")
parser.add_argument("--quiet", action="store_false")
parser.add_argument("--fast", action="store_const", const="fast", default="slow", dest="mode")
`,
    found: `args
3| bo=true type:boolean argName:--no-bo argSwitch:false
4| aug=false type:boolean argSwitch:true
5| amp=null type:boolean argSwitch:true argFalse:--no-amp
6| cache=true argName:--no-cache type:boolean argSwitch:false
7| quiet=true type:boolean argSwitch:false
8| fast="slow" argSwitch:fast`,
  },
  {
    file: "str2bool.py",
    source: `import argparse

def str2bool(v):
    if isinstance(v, bool):
        return v
    return v.lower() in ("yes", "true", "t", "1")

parser = argparse.ArgumentParser()
parser.add_argument("--shuffle", type=str2bool, default=True)
parser.add_argument("--flag", type=bool, default=False)
parser.add_argument("--flip", type=lambda x: x == "yes", default=False)
`,
    found: `args
9| shuffle=true type:boolean argEncoding:{"true":"1","false":"0"}
10| flag=false type:boolean
11| flip=false`,
  },
  {
    file: "nargs.py",
    source: `import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--sizes", nargs="+", type=int, default=[64, 32])
parser.add_argument("--pair", nargs=2, type=float)
parser.add_argument("--tags", nargs="*", default=[])
parser.add_argument("--level", nargs="?", const=3, default=1, type=int)
parser.add_argument("--define", "-D", action="append", default=[])
parser.add_argument("--more", action="extend", nargs="+")
`,
    found: `args
3| sizes=[64,32] type:int argSplit
4| pair=null type:float argSplit
5| tags=[] argSplit
6| level=1 type:int
7| define=[] argRepeat:each
8| more=null argSplit`,
  },
  {
    file: "positional.py",
    source: `import argparse
parser = argparse.ArgumentParser()
parser.add_argument("data", help="path of the data")
parser.add_argument("out", nargs="?", default="out.csv")
parser.add_argument("extra", nargs="*")
parser.add_argument("--epochs", type=int, required=True)
`,
    found: `args
3| data=null positional required "path of the data"
4| out="out.csv" positional
5| extra=null positional argSplit
6| epochs=null type:int required`,
  },
  {
    file: "groups.py",
    source: `import argparse
parser = argparse.ArgumentParser(formatter_class=argparse.ArgumentDefaultsHelpFormatter)
data = parser.add_argument_group("data")
data.add_argument("--data-dir", default="data")
opt = parser.add_argument_group(title="optimization", description="how")
opt.add_argument("--lr", type=float, default=0.1)
either = parser.add_mutually_exclusive_group(required=True)
either.add_argument("--gpu", type=int)
either.add_argument("--cpu", action="store_true")
parser.add_argument_group("log").add_argument("--log-every", type=int, default=10)
`,
    found: `args
4| data-dir="data"
6| lr=0.1 type:float
8| gpu=null type:int
9| cpu=false type:boolean argSwitch:true
10| log-every=10 type:int`,
  },
  {
    file: "subparsers.py",
    source: `import argparse
parser = argparse.ArgumentParser(prog="tool")
parser.add_argument("--seed", type=int, default=0)
sub = parser.add_subparsers(dest="cmd", required=True)
train = sub.add_parser("train", help="train it")
train.add_argument("--lr", type=float, default=0.1)
train.add_argument("--workers", type=int, default=4)
test = sub.add_parser("test")
test.add_argument("--workers", type=int, default=4)
test.add_argument("model")
`,
    found: `args
3| seed=0 type:int
4| cmd=null required choices:["train","test"] positional
7| workers=4 type:int afterCommand
? '--lr': only 'train' has it (6)
? 'model': only 'test' has it (10)`,
  },
  {
    file: "parents.py",
    source: `import argparse
common = argparse.ArgumentParser(add_help=False)
common.add_argument("--verbose", action="store_true")
parser = argparse.ArgumentParser()
commands = parser.add_subparsers(dest="command")
for_a = commands.add_parser("a", parents=[common])
for_b = commands.add_parser("b", parents=[common])
for_b.add_argument("--only", default=1)
`,
    found: `args
5| command=null required:false choices:["a","b"] positional
3| verbose=false type:boolean argSwitch:true afterCommand
? '--only': only 'b' has it (8)`,
  },
  {
    file: "parents_main.py",
    source: `import argparse
base = argparse.ArgumentParser(add_help=False)
base.add_argument("--seed", type=int, default=7)
parser = argparse.ArgumentParser(parents=[base], description="Has a parent")
parser.add_argument("--name", required=True)
`,
    found: `args: Has a parent
3| seed=7 type:int
5| name=null required`,
  },
  {
    file: "chained.py",
    source: `import argparse
p = argparse.ArgumentParser()
s = p.add_subparsers()
s.add_parser("x").add_argument("--xs", default=1)
s.add_parser("y").add_argument("--xs", default=1)
`,
    found: `args
3| command=null required:false choices:["x","y"] positional
4| xs=1 afterCommand`,
  },
  {
    file: "computed.py",
    source: `import argparse, os
parser = argparse.ArgumentParser()
for name in ("a", "b"):
    parser.add_argument(f"--{name}", default=1)
parser.add_argument("--home", default=os.environ.get("HOME"))
parser.add_argument("--kind", choices=sorted(REGISTRY), default="x")
options = {}
parser.add_argument("--opt", **options)
parser.add_argument(*names, type=int)
`,
    found: `args
5| home=null
6| kind="x"
8| opt=null
? an option: its name is computed: f"--{name}" (4)
? default of '--home': it is computed: os.environ.get("HOME") (5)
? choices of '--kind': it is computed: sorted(REGISTRY) (6)
? '--opt': some of its settings are computed (8)
? an option: its name is computed: * (9)`,
  },
  {
    file: "set_defaults.py",
    source: `import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float)
parser.add_argument("--batch-size", type=int, default=1)
parser.set_defaults(lr=0.5, batch_size=128)
`,
    found: `args
3| lr=0.5 type:float
4| batch-size=128 type:int`,
  },
  {
    file: "in_class.py",
    source: `import argparse

class Trainer:
    def __init__(self):
        self.parser = argparse.ArgumentParser()
        self.parser.add_argument("--lr", default=0.1, type=float)
        self.group = self.parser.add_argument_group("more")
        self.group.add_argument("--wd", default=5e-4, type=float)

    @staticmethod
    def add_model_args(parent_parser):
        parent_parser.add_argument("--hidden", type=int, default=2 * 64)
        return parent_parser
`,
    found: `args
6| lr=0.1 type:float
8| wd=0.0005 type:float
12| hidden=128 type:int`,
  },
  {
    file: "paths.py",
    source: `import argparse
from pathlib import Path
import pathlib
p = argparse.ArgumentParser()
p.add_argument("--data", type=Path, default=Path("data"))
p.add_argument("--out", type=pathlib.Path, default="out")
p.add_argument("--log", type=argparse.FileType("w"), default="-")
`,
    found: `args
5| data="data" type:path
6| out="out" type:path
7| log="-" type:path`,
  },
  {
    file: "percent.py",
    source: `import argparse
p = argparse.ArgumentParser(description=__doc__)
p.add_argument("--rate", type=float, default=10, help="rate in %% "
               "of the (default: %(default)s) total")
p.add_argument("--hidden-flag", help=argparse.SUPPRESS, default=argparse.SUPPRESS)
p.add_argument("--version", action="version", version="1.0")
`,
    found: `args
3| rate=10 type:float "rate in % of the (default: 10) total"
5| hidden-flag=null`,
  },
  {
    file: "multiline.py",
    source: `import argparse

parser = argparse.ArgumentParser(
    description="A "
                "tool",
)
parser.add_argument(
    "--learning-rate",  # the rate
    "-lr",
    type=float,
    default=3e-4,
    help="""learning
    rate""",
)
args, rest = parser.parse_known_args()
`,
    found: `args: A tool
7| learning-rate=0.0003 type:float "learning rate"`,
  },
  {
    file: "walrus.py",
    source: `import argparse
if (p := argparse.ArgumentParser()):
    p.add_argument("--x", type=int, default=1)
match 1:
    case 1:
        print(f"{p!r:>{10}}")
`,
    found: `args
3| x=1 type:int`,
  },
  {
    file: "crlf.py",
    source: `import argparse\r
p = argparse.ArgumentParser()\r
p.add_argument('--emoji', default='🎉', help='ünïcode')\r
`,
    found: `args
3| emoji="🎉" "ünïcode"`,
  },
  {
    file: "unary.py",
    source: `import argparse
p = argparse.ArgumentParser()
p.add_argument("--low", type=int, default=-1)
p.add_argument("--big", type=float, default=1.e5)
p.add_argument("--hex", default=0xFF)
p.add_argument("--inf", type=float, default=float("inf"))
p.add_argument("--kib", type=int, default=4 * 1024)
p.add_argument("--text", default="a" + "b" 'c')
`,
    found: `args
3| low=-1 type:int
4| big=100000 type:float
5| hex=255
6| inf=Infinity type:float
7| kib=4096 type:int
8| text="abc"`,
  },
  {
    file: "two_parsers.py",
    source: `import argparse
config_parser = argparse.ArgumentParser(add_help=False)
config_parser.add_argument("-c", "--config", default="")
parser = argparse.ArgumentParser()
parser.add_argument("--model", default="resnet50", type=str, metavar="MODEL")
parser.add_argument("--drop", type=float, default=0.0)
`,
    found: `args
3| config=""
5| model="resnet50" type:string
6| drop=0 type:float`,
  },
  {
    file: "typer_app.py",
    source: `import typer
app = typer.Typer()

@app.command()
def main(name: str, count: int = 1):
    print(name)
`,
    found: `args
? its options: flags of 'typer' cannot be read from the script (1)`,
  },
  {
    file: "fire_app.py",
    source: `import fire

def train(lr=0.1):
    print(lr)

fire.Fire(train)
`,
    found: `args
? its options: flags of 'fire' cannot be read from the script (1)`,
  },
  {
    file: "absl_app.py",
    source: `from absl import app, flags
FLAGS = flags.FLAGS
flags.DEFINE_float("lr", 0.1, "rate")
`,
    found: `args
? its options: flags of 'absl' cannot be read from the script (1)`,
  },
  {
    file: "hello_click.py",
    source: `import click

@click.command()
@click.option("--count", default=1, help="Number of greetings.")
@click.option("--name", prompt="Your name", help="The person to greet.")
def hello(count, name):
    """Simple program."""
    for _ in range(count):
        click.echo(f"Hello {name}!")

if __name__ == "__main__":
    hello()
`,
    found: `args
4| count=1 "Number of greetings."
5| name=null required "The person to greet."`,
  },
  {
    file: "click_types.py",
    source: `import click
from click import option, Choice

@click.command()
@option("-l", "--level", type=Choice(["low", "high"]), default="low", show_default=True)
@click.option("--n", type=int, required=True)
@click.option("--ratio", type=click.FloatRange(0, 1), default=0.5)
@click.option("--shout/--no-shout", default=False)
@click.option("--dry", is_flag=True)
@click.option("--upper", "case", flag_value="upper", default=True)
@click.option("--tag", multiple=True)
@click.option("--pos", nargs=2, type=float)
@click.option("-v", "--verbose", count=True)
@click.option("--ok", type=bool, default=True)
@click.option("--file", type=click.Path(exists=True))
@click.argument("src", nargs=-1)
@click.argument("dst")
def main(**kwargs):
    pass
`,
    found: `args
5| level="low" choices:["low","high"]
6| n=null type:int required
7| ratio=0.5 type:float
8| shout=false type:boolean argSwitch:true argFalse:--no-shout
9| dry=false type:boolean argSwitch:true
10| upper="upper" argSwitch:upper
11| tag=null argRepeat:each
12| pos=null type:float argSplit
13| verbose=null type:int argRepeat:count
14| ok=true type:boolean argEncoding:{"true":"1","false":"0"}
15| file=null type:existing-path
16| src=null positional argSplit
17| dst=null positional required`,
  },
  {
    file: "click_group.py",
    source: `import click

@click.group()
@click.option("--debug/--no-debug", default=False)
def cli(debug):
    pass

@cli.command()
@click.option("--n", default=1)
@click.option("--common", default="c")
def sync_all(n, common):
    pass

@cli.command("drop")
@click.option("--common", default="c")
def drop_db(common):
    pass
`,
    found: `args
4| debug=false type:boolean argSwitch:true argFalse:--no-debug
command=null required choices:["sync-all","drop"] positional
10| common="c" afterCommand
? '--n': only 'sync-all' has it (9)`,
  },
  {
    file: "click_computed.py",
    source: `import click, os

@click.command
@click.option("--home", default=lambda: os.environ["HOME"])
@click.option(NAME, default=1)
@click.option("--workers", default=os.cpu_count(), type=int)
def main(home, workers):
    pass
`,
    found: `args
4| home=null
6| workers=null type:int
? default of '--home': it is computed: lambda: os.environ["HOME"] (4)
? an option: its name is computed (5)
? default of '--workers': it is computed: os.cpu_count() (6)`,
  },
  {
    file: "globals.py",
    source: `# settings
lr = 0.1
epochs: int = 10
name = "cnn"
layers = [64, 32]
shuffle = True
nothing = None
_private = 1
total = lr * epochs
params = {"depth": 3, "width": [1, 2]}

def f():
    inner = 1
`,
    found: `globals
2| lr=0.1 type:float
3| epochs=10
4| name="cnn"
5| layers=[64,32]
6| shuffle=true type:boolean
7| nothing=null
10| params.depth=3
10| params.width=[1,2]`,
  },
  {
    file: "reassigned.py",
    source: `x = 5
print(x)
x = 10
y = 1
y = y + 1
`,
    found: `globals
3| x=10
4| y=1`,
  },
  {
    file: "tuple_globals.py",
    source: `a, b = 1, 2
c = d = 3
shape = (28, 28)
text = '''several
lines'''
if True:
    e = 5
`,
    found: `globals
2| c=3
2| d=3
3| shape=[28,28]
4| text="several\\nlines"`,
  },
  {
    file: "constants_caps.py",
    source: `import numpy as np
from train import run

LEARNING_RATE = 1e-4
BATCH_SIZE = 1_000
SEED = 0x2A
NOISE = -0.5
MODEL = np.zeros(3)
DEVICE = "cuda" if HAS else "cpu"
__version__ = "1"
`,
    found: `globals
4| LEARNING_RATE=0.0001 type:float
5| BATCH_SIZE=1000
6| SEED=42
7| NOISE=-0.5 type:float`,
  },
  {
    file: "empty.py",
    source: ``,
    found: `globals`,
  },
  {
    file: "only_code.py",
    source: `#!/usr/bin/env python3
"""Says hello."""
print("hello")
`,
    found: `globals: Says hello.`,
  },
  {
    file: "namespace.py",
    source: `import dataclasses

@dataclasses.dataclass
class Config:
    lr: float = 0.1

config = Config()
steps = 100
`,
    found: `globals
8| steps=100`,
  },
  {
    file: "dotted_import.py",
    source: `import os.path, argparse
def get_args():
    ap = argparse.ArgumentParser()
    ap.add_argument("-i", "--image", required=True, help="path to input image")
    ap.add_argument("-c", "--confidence", type=float, default=0.5)
    return vars(ap.parse_args())
`,
    found: `args
4| image=null required "path to input image"
5| confidence=0.5 type:float`,
  },
  {
    file: "imagenet.py",
    source: `import argparse
import torchvision.models as models

model_names = sorted(name for name in models.__dict__
    if name.islower() and not name.startswith("__")
    and callable(models.__dict__[name]))

parser = argparse.ArgumentParser(description='PyTorch ImageNet Training')
parser.add_argument('data', metavar='DIR', nargs='?', default='imagenet',
                    help='path to dataset (default: imagenet)')
parser.add_argument('-a', '--arch', metavar='ARCH', default='resnet18',
                    choices=model_names,
                    help='model architecture: ' +
                        ' | '.join(model_names) +
                        ' (default: resnet18)')
parser.add_argument('-j', '--workers', default=4, type=int, metavar='N')
parser.add_argument('--wd', '--weight-decay', default=1e-4, type=float,
                    metavar='W', help='weight decay (default: 1e-4)',
                    dest='weight_decay')
parser.add_argument('-e', '--evaluate', dest='evaluate', action='store_true')
parser.add_argument('--world-size', default=-1, type=int)

def main():
    args = parser.parse_args()
`,
    found: `args: PyTorch ImageNet Training
9| data="imagenet" positional "path to dataset (default: imagenet)"
11| arch="resnet18"
16| workers=4 type:int
17| wd=0.0001 type:float "weight decay (default: 1e-4)"
20| evaluate=false type:boolean argSwitch:true
21| world-size=-1 type:int
? choices of '--arch': it is computed: model_names (12)`,
  },
  {
    file: "hydra_app.py",
    source: `import hydra
from omegaconf import DictConfig

@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(cfg: DictConfig) -> None:
    print(cfg)

if __name__ == "__main__":
    main()
`,
    found: `args
? its options: flags of 'hydra' cannot be read from the script (1)`,
  },
  {
    file: "hf.py",
    source: `from dataclasses import dataclass, field
from transformers import HfArgumentParser, TrainingArguments

@dataclass
class ModelArguments:
    model_name: str = field(default="bert")

parser = HfArgumentParser((ModelArguments, TrainingArguments))
model_args, training_args = parser.parse_args_into_dataclasses()
`,
    found: `args
? its options: flags of 'HfArgumentParser' cannot be read from the script (2)`,
  },
  {
    file: "nano.py",
    source: `"""
Training script.
"""
import os
# I/O
out_dir = 'out'
eval_interval = 2000
eval_only = False # if True, script exits right after the first eval
wandb_run_name = 'gpt2' # 'run' + str(time.time())
dtype = 'bfloat16' if True else 'float16'
learning_rate = 6e-4
beta2 = 0.95
min_lr = 6e-5
config_keys = [k for k,v in globals().items() if not k.startswith('_') and isinstance(v, (int, float, bool, str))]
exec(open('configurator.py').read())
config = {k: globals()[k] for k in config_keys}
`,
    found: `globals: Training script.
6| out_dir="out"
7| eval_interval=2000
8| eval_only=false type:boolean
9| wandb_run_name="gpt2"
11| learning_rate=0.0006 type:float
12| beta2=0.95 type:float
13| min_lr=0.00006 type:float`,
  },
  {
    file: "argv.py",
    source: `import sys
lr = float(sys.argv[1]) if len(sys.argv) > 1 else 0.1
print(lr)
`,
    found: `globals
? its arguments: 'sys.argv' is read by position (2)`,
  },
  {
    file: "docopt_app.py",
    source: `"""Naval.

Usage:
  naval.py [--speed=<kn>]
"""
from docopt import docopt
print(docopt(__doc__))
`,
    found: `args: Naval.
? its options: flags of 'docopt' cannot be read from the script (6)`,
  },
];
