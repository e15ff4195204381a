/** Scripts, and the flags that are found in them. */
export const SCRIPTS: readonly { file: string; source: string; found: string }[] = [
  {
    file: "train.ipynb",
    source:
      `{"cells":[{"cell_type":"markdown","source":["# x"]},{"cell_type":"code","source":["%matplotlib inline\\n","lr = 0.1\\n","epochs = 3"],"outputs":[],"execution_count":1,"metadata":{}},{"cell_type":"code","source":["acc = train(lr)"],"outputs":[],"execution_count":2,"metadata":{}}],"metadata":{"kernelspec":{"language":"python"}},"nbformat":4,"nbformat_minor":5}
`,
    found: `globals
1| lr=0.1 type:float
1| epochs=3`,
  },
  {
    file: "other.ipynb",
    source:
      `{"cells":[{"cell_type":"code","source":"x = 'y'\\nz = [1, 2]","outputs":[],"execution_count":1,"metadata":{}}],"metadata":{},"nbformat":4,"nbformat_minor":5}
`,
    found: `globals
1| x="y"
1| z=[1,2]`,
  },
];
