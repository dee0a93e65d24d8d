"""How many updates a second `mlterms.nn` makes on a 2-8-8-1 network, beside others on the same machine.

    python benchmarks/nn.py [--convnetjs FOLDER] [--seconds 0.15]

An update is what a demo does at each step: the batch goes forward, the gradient back, and the parameters are
changed by plain gradient descent on a squared error (scikit-learn's classifier: on its log loss). Everyone
gets one thread, the same batch over and over, and the best of many short rounds, taken in turn. The seconds
are processor time, so other programs do not count. PyTorch and scikit-learn are measured where they can be
imported, ConvNetJS where `node` finds it: FOLDER is where `npm install convnetjs` was run. The table says
which peers are missing.
"""

# ruff: noqa: E402 - the number of threads is set before numpy is imported

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

for _threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_threads] = "1"

import numpy as np

from mlterms.nn import Network, gradient_descent, mse_gradient

BATCHES = (1, 10, 32, 500)
ROUNDS = 15
RATE = 0.01

Step = Callable[[], object]
Peer = Callable[[np.ndarray, np.ndarray], Step]


def ours(x: np.ndarray, y: np.ndarray) -> Step:
    net = Network([2, 8, 8, 1], np.random.default_rng(0))

    def step() -> None:
        outputs = net.forward(x)
        gradient_descent(net.parameters, net.backward(mse_gradient(outputs, y)), RATE)

    return step


def plain_numpy(x: np.ndarray, y: np.ndarray) -> Step:
    """The same in the most obvious way: rows are examples, and every result is a new array."""
    rng = np.random.default_rng(0)
    sizes = [2, 8, 8, 1]
    weights = [rng.normal(0, i**-0.5, (i, o)) for i, o in pairwise(sizes)]
    biases = [np.zeros(o) for o in sizes[1:]]

    def step() -> None:
        a = [x]
        for w, b in zip(weights[:-1], biases[:-1], strict=True):
            a.append(np.tanh(a[-1] @ w + b))
        delta = 2 * (a[-1] @ weights[-1] + biases[-1] - y) / y.size
        for i in reversed(range(3)):
            dw, db = a[i].T @ delta, delta.sum(axis=0)
            if i:
                delta = delta @ weights[i].T * (1 - a[i] ** 2)
            weights[i] -= RATE * dw
            biases[i] -= RATE * db

    return step


def pytorch(x: np.ndarray, y: np.ndarray) -> Step:
    import torch

    torch.set_num_threads(1)
    layers = (
        torch.nn.Linear(2, 8),
        torch.nn.Tanh(),
        torch.nn.Linear(8, 8),
        torch.nn.Tanh(),
        torch.nn.Linear(8, 1),
    )
    net, loss = torch.nn.Sequential(*layers), torch.nn.MSELoss()
    rule = torch.optim.SGD(net.parameters(), lr=RATE)
    inputs, targets = torch.tensor(x, dtype=torch.float32), torch.tensor(y, dtype=torch.float32)

    def step() -> None:
        rule.zero_grad()
        loss(net(inputs), targets).backward()
        rule.step()

    return step


def scikit_learn(x: np.ndarray, y: np.ndarray) -> Step:
    from sklearn.neural_network import MLPClassifier

    classes = (y[:, 0] > 0).astype(int)
    net = MLPClassifier(
        (8, 8),
        activation="tanh",
        solver="sgd",
        alpha=0,
        batch_size=len(x),
        learning_rate_init=RATE,
        momentum=0,
    )
    net.partial_fit(x, classes, classes=[0, 1])
    return lambda: net.partial_fit(x, classes)


CONVNETJS = """
const convnetjs = require('convnetjs');
const {batch, seconds, rate} = JSON.parse(process.argv[1]);
const net = new convnetjs.Net();
net.makeLayers([
  {type: 'input', out_sx: 1, out_sy: 1, out_depth: 2},
  {type: 'fc', num_neurons: 8, activation: 'tanh'},
  {type: 'fc', num_neurons: 8, activation: 'tanh'},
  {type: 'regression', num_neurons: 1},
]);
const trainer = new convnetjs.Trainer(
  net, {method: 'sgd', learning_rate: rate, momentum: 0, l2_decay: 0, batch_size: batch});
const x = [], y = [];
for (let i = 0; i < batch; i++) {
  x.push(new convnetjs.Vol([Math.random() - 0.5, Math.random() - 0.5]));
  y.push([Math.random() - 0.5]);
}
function round(length) {
  const start = process.cpuUsage();
  let updates = 0, spent = 0;
  while (spent < length) {
    for (let again = 0; again < 20; again++, updates++)
      for (let i = 0; i < batch; i++) trainer.train(x[i], y[i]);
    const used = process.cpuUsage(start);
    spent = (used.user + used.system) / 1e6;
  }
  return updates / spent;
}
round(0.15);  // until it is compiled
console.log(round(seconds));
"""

PEERS: dict[str, Peer] = {
    "mlterms.nn": ours,
    "plain NumPy": plain_numpy,
    "PyTorch eager": pytorch,
    "scikit-learn": scikit_learn,
}


def one_round(step: Step, seconds: float) -> float:
    """Updates per second of processor time, measured over about `seconds`."""
    updates, start = 0, time.process_time()
    while (spent := time.process_time() - start) < seconds:
        for _ in range(20):
            step()
        updates += 20
    return updates / spent


@cache
def node_with_convnetjs(folder: Path | None) -> str | None:
    """The path of a `node` that finds ConvNetJS, or None."""
    node = shutil.which("node")
    found = node and subprocess.run(
        [node, "-e", "require('convnetjs')"], capture_output=True, env=node_environment(folder), check=False
    )
    return node if found and found.returncode == 0 else None


def node_environment(folder: Path | None) -> dict[str, str]:
    return {**os.environ, **({"NODE_PATH": str(folder / "node_modules")} if folder is not None else {})}


def convnetjs(batch: int, seconds: float, folder: Path | None) -> float | None:
    """One round of ConvNetJS in a warmed-up process of its own, or None if it is not installed."""
    node = node_with_convnetjs(folder)
    if node is None:
        return None
    asked = json.dumps({"batch": batch, "seconds": seconds, "rate": RATE})
    command = [node, "-e", CONVNETJS, asked]
    done = subprocess.run(command, capture_output=True, text=True, env=node_environment(folder), check=False)
    return float(done.stdout) if done.returncode == 0 else None


def measure(batch: int, seconds: float, folder: Path | None) -> dict[str, float]:
    """Peer → updates per second, for those that are here."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(batch, 2)), rng.normal(size=(batch, 1))
    steps = {}
    for name, peer in PEERS.items():
        try:
            steps[name] = peer(x, y)
        except ImportError:
            continue
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        rates: dict[str, float | None] = {name: one_round(step, seconds) for name, step in steps.items()}
        rates["ConvNetJS"] = convnetjs(batch, seconds, folder)
        best |= {name: max(rate, best.get(name, 0)) for name, rate in rates.items() if rate is not None}
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description="Updates per second of mlterms.nn beside others, 2-8-8-1.")
    parser.add_argument(
        "--convnetjs", type=Path, metavar="FOLDER", help="where `npm install convnetjs` was run"
    )
    parser.add_argument("--seconds", type=float, default=0.15, help="length of a round (default 0.15)")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")  # scikit-learn warns at every step that it has not converged
    table = {batch: measure(batch, arguments.seconds, arguments.convnetjs) for batch in BATCHES}
    print(
        f"updates per second, 2-8-8-1, one thread (Python {sys.version.split()[0]}, NumPy {np.__version__})\n"
    )
    print(f"{'batch':16}" + "".join(f"{batch:>18}" for batch in BATCHES))
    for name in (*PEERS, "ConvNetJS"):
        if name not in table[BATCHES[0]]:
            print(f"{name:16}" + "not installed".rjust(18))
            continue
        cells = []
        for batch in BATCHES:
            rate = table[batch][name]
            times = f"{table[batch]['mlterms.nn'] / rate:.1f}×" if name != "mlterms.nn" else ""
            cells.append(f"{rate:>10,.0f} {times:>7}")
        print(f"{name:16}" + "".join(cells))
    print("\n×: how many times as many mlterms.nn makes")


if __name__ == "__main__":
    main()
