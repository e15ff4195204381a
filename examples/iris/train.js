// Trains a softmax classifier on the iris flowers, by gradient descent.
//
// The constants below are this experiment's config: `runlit run train lr=0.5` makes a run with
// another learning rate, written into the run's own copy of this file.

import { readFileSync, writeFileSync } from "node:fs";

const lr = 0.1; // learning rate
const epochs = 200;
const l2 = 0.0; // weight decay
const holdout = 0.3; // share of the flowers that is kept for the test
const seed = 1;

const { features, labels, classes } = readFlowers("data/iris.csv");
const order = shuffled(features.length, seed);
const split = Math.round(order.length * (1 - holdout));
const [trainSet, testSet] = [order.slice(0, split), order.slice(split)];

const inputs = standardized(features, trainSet);
const weights = classes.map(() => new Array(inputs[0].length).fill(0));

for (let epoch = 1; epoch <= epochs; epoch++) {
  const loss = descend();
  if (epoch === 1 || epoch % Math.ceil(epochs / 10) === 0 || epoch === epochs) {
    console.log(`epoch ${String(epoch).padStart(4)}  loss ${loss.toFixed(4)}`);
  }
}

const metrics = {
  train_accuracy: accuracy(trainSet),
  test_accuracy: accuracy(testSet),
  test_loss: meanLoss(testSet),
};
console.log(`accuracy ${metrics.test_accuracy.toFixed(3)} on ${testSet.length} unseen flowers`);
writeFileSync("weights.json", JSON.stringify({ classes, weights }, null, 2) + "\n");
writeFileSync("summary.json", JSON.stringify({ metrics }, null, 2) + "\n");

/** One step of gradient descent over the whole training set; returns the mean loss before it. */
function descend() {
  const gradient = weights.map((row) => row.map((weight) => l2 * weight));
  let loss = 0;
  for (const i of trainSet) {
    const chances = predict(inputs[i]);
    loss -= Math.log(chances[labels[i]]);
    for (let k = 0; k < weights.length; k++) {
      const error = chances[k] - (k === labels[i] ? 1 : 0);
      for (let j = 0; j < inputs[i].length; j++) {
        gradient[k][j] += error * inputs[i][j] / trainSet.length;
      }
    }
  }
  weights.forEach((row, k) => row.forEach((_, j) => row[j] -= lr * gradient[k][j]));
  return loss / trainSet.length;
}

/** The chance of each class for one flower (softmax of the scores). */
function predict(input) {
  const scores = weights.map((row) => row.reduce((sum, weight, j) => sum + weight * input[j], 0));
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function accuracy(set) {
  const right = set.filter((i) => {
    const chances = predict(inputs[i]);
    return chances.indexOf(Math.max(...chances)) === labels[i];
  });
  return right.length / set.length;
}

function meanLoss(set) {
  return set.reduce((sum, i) => sum - Math.log(predict(inputs[i])[labels[i]]), 0) / set.length;
}

function readFlowers(path) {
  const rows = readFileSync(path, "utf8").trim().split("\n").slice(1).map((row) => row.split(","));
  const classes = [...new Set(rows.map((row) => row.at(-1)))];
  return {
    features: rows.map((row) => row.slice(0, -1).map(Number)),
    labels: rows.map((row) => classes.indexOf(row.at(-1))),
    classes,
  };
}

/** Features with mean 0 and deviation 1 over the training set, and a 1 for the bias. */
function standardized(features, set) {
  const columns = features[0].map((_, j) => {
    const values = set.map((i) => features[i][j]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    return { mean, deviation: Math.sqrt(variance) };
  });
  return features.map((row) => [
    ...row.map((value, j) => (value - columns[j].mean) / columns[j].deviation),
    1,
  ]);
}

/** The numbers below `length` in an order that the seed decides (Fisher-Yates, mulberry32). */
function shuffled(length, seed) {
  const order = Array.from({ length }, (_, i) => i);
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
