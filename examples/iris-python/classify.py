"""Classifies iris flowers by their nearest neighbours, with nothing but Python's standard library.

The names below are this experiment's config: `runlit run k=9` makes a run with another k, written
into the run's own copy of this file.
"""

import csv
import json
import random

k = 5  # neighbours that vote
metric = "euclidean"  # or "manhattan"
holdout = 0.3  # share of the flowers that is kept for the test
seed = 1


def distance(a, b):
    if metric == "manhattan":
        return sum(abs(x - y) for x, y in zip(a, b))
    return sum((x - y) ** 2 for x, y in zip(a, b)) ** 0.5


def classify(flower, known):
    nearest = sorted(known, key=lambda other: distance(flower[0], other[0]))[:k]
    species = [label for _, label in nearest]
    # The nearest decides where as many voted for two.
    return max(species, key=lambda label: (species.count(label), -species.index(label)))


def main():
    with open("data/iris.csv") as f:
        rows = list(csv.reader(f))[1:]
    flowers = [([float(value) for value in row[:-1]], row[-1]) for row in rows]
    random.Random(seed).shuffle(flowers)
    split = round(len(flowers) * (1 - holdout))
    known, unseen = flowers[:split], flowers[split:]

    right = 0
    for n, flower in enumerate(unseen, 1):
        right += classify(flower, known) == flower[1]
        if n % 15 == 0:
            print(f"{n} of {len(unseen)} classified, {right} right", flush=True)

    accuracy = right / len(unseen)
    print(f"accuracy {accuracy:.3f} on {len(unseen)} unseen flowers")
    with open("summary.json", "w") as f:
        json.dump({"metrics": {"test_accuracy": accuracy}}, f, indent=2)


main()
