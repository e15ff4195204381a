import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { crc32, crc32ByTable } from "../../lib/meta/zip/crc32.ts";
import { openZip } from "../../lib/meta/zip/open_zip.ts";
import { readZipEntry, readZipRange } from "../../lib/meta/zip/read_zip_entry.ts";
import { readZipTail } from "../../lib/meta/zip/read_zip_tail.ts";
import { verifyZip } from "../../lib/meta/zip/verify_zip.ts";
import { writeZip, type ZipSource } from "../../lib/meta/zip/write_zip.ts";
import { ZipError } from "../../lib/meta/zip/zip_error.ts";
import {
  inTempDir,
  python,
  randomFrom,
  SEALED_META,
  WITHOUT_PYTHON,
  WITHOUT_UNZIP,
} from "./_tools.ts";

const SOURCES: readonly ZipSource[] = [
  { name: "log/" },
  { name: "log/runner", data: Buffer.from("hi\n") },
  { name: "empty", data: Buffer.alloc(0) },
  { name: "é 日本", data: Buffer.from("unicode"), mode: 0o755 },
];

const MAKE_ZIPS = `
import sys, json, zipfile
for path, method, entries in json.load(sys.stdin):
    with zipfile.ZipFile(path, "w", method) as z:
        for name, data in entries: z.writestr(zipfile.ZipInfo(name) if method == 0 else name, data)
`;

type PythonZip = [path: string, method: 0 | 8, entries: [name: string, data: string][]];

/** Writes zips with Python, which lets names be anything and can deflate. */
function pythonZips(...zips: PythonZip[]): void {
  execFileSync("python3", ["-c", MAKE_ZIPS], { input: JSON.stringify(zips) });
}

test("crc32() is the same with and without help from the runtime", () => {
  const random = randomFrom(1);
  for (let size = 5; size < 300; size += 7) {
    const data = Uint8Array.from({ length: size }, () => random() * 256);
    assert.equal(crc32(data), crc32ByTable(data));
    assert.equal(crc32(data.subarray(3), crc32(data.subarray(0, 3))), crc32(data));
    assert.equal(crc32ByTable(data, 0, 2, 5), crc32(data.subarray(2, 5)));
  }
  assert.equal(crc32(Buffer.from("123456789")), 0xcbf43926);
});

test("what writeZip() writes is read back", async () => {
  await inTempDir((dir) => {
    const path = join(dir, "a.zip");
    writeZip(path, SOURCES);
    const zip = verifyZip(path);
    assert.deepEqual([...zip.entries.keys()], SOURCES.map(({ name }) => name));
    assert.deepEqual([...zip.entries.values()].map(({ mode }) => mode.toString(8)), [
      "40755",
      "100444",
      "100444",
      "100755",
    ]);
    assert.equal(readZipEntry(zip, "é 日本").toString(), "unicode");
    assert.equal(readZipEntry(zip, "empty").length, 0);
    assert.throws(() => readZipEntry(zip, "log/"), /it has no entry 'log\/'/);
    assert.throws(() => readZipEntry(zip, "nope"), { name: "ZipError", path });
  });
});

test("unzip reads what writeZip() writes", { skip: WITHOUT_UNZIP }, async () => {
  await inTempDir((dir) => {
    const path = join(dir, "a.zip");
    writeZip(path, SOURCES);
    execFileSync("unzip", ["-tqq", path]);
    const listing = execFileSync("zipinfo", ["-s", path], {
      encoding: "utf8",
      env: { LANG: "C.UTF-8" },
    });
    assert.match(listing, /^drwxr-xr-x .* unx +0 b- stor 80-Jan-01 00:00 log\/$/m);
    assert.match(listing, /^-r--r--r-- .* unx +3 b- stor 80-Jan-01 00:00 log\/runner$/m);
    assert.match(listing, /^-rwxr-xr-x .* unx +7 b- stor/m);
  });
});

test("Python reads what writeZip() writes", { skip: WITHOUT_PYTHON }, async () => {
  await inTempDir((dir) => {
    const path = join(dir, "a.zip");
    writeZip(path, SOURCES);
    const code = "import zipfile,sys,json\nz=zipfile.ZipFile(sys.argv[1])\n" +
      "print(json.dumps([z.testzip(), {i.filename: z.read(i).decode() for i in z.infolist()}]))";
    assert.deepEqual(JSON.parse(python(code, path)), [null, {
      "log/": "",
      "log/runner": "hi\n",
      empty: "",
      "é 日本": "unicode",
    }]);
  });
});

test("equal input gives equal bytes", async () => {
  await inTempDir((dir) => {
    writeFileSync(join(dir, "f"), "x".repeat(3_000_000));
    const sources = [...SOURCES, { name: "f", path: join(dir, "f") }];
    writeZip(join(dir, "a.zip"), sources);
    writeZip(join(dir, "b.zip"), sources);
    assert(readFileSync(join(dir, "a.zip")).equals(readFileSync(join(dir, "b.zip"))));
  });
});

test("files of every size around the chunk's are read back", async () => {
  await inTempDir((dir) => {
    const mega = 1 << 20;
    const sources: ZipSource[] = [];
    for (const size of [0, 1, 4095, mega - 100, mega - 1, mega, mega + 1, 3 * mega + 5]) {
      const path = join(dir, `f${size}`);
      writeFileSync(path, Buffer.alloc(size, `${size} `));
      sources.push({ name: `f${size}`, path }, { name: `d${size}`, data: Buffer.from("between") });
    }
    const path = join(dir, "a.zip");
    writeZip(path, sources);
    const zip = verifyZip(path);
    for (const { name, path: source } of sources) {
      const expected = source === undefined ? Buffer.from("between") : readFileSync(source);
      assert(readZipEntry(zip, name).equals(expected), name);
    }
    assert.equal(readZipRange(zip, `f${mega}`, -4).length, 4);
    assert.equal(readZipRange(zip, "f4095", 5, 9).toString(), "4095 4095 ".slice(5, 9));
    assert.equal(readZipRange(zip, "f1", 5).length, 0);
  });
});

test("70,000 entries make a zip64, which others read", { skip: WITHOUT_PYTHON }, async () => {
  await inTempDir((dir) => {
    const path = join(dir, "a.zip");
    const data = Buffer.from("x");
    writeZip(path, Array.from({ length: 70_000 }, (_, i) => ({ name: `e${i}`, data })));
    assert.equal(openZip(path).entries.size, 70_000);
    assert.equal(readZipTail(path, new Set(["e0", "e69999"])).size, 2);
    const code =
      "import zipfile,sys\nz=zipfile.ZipFile(sys.argv[1])\nprint(len(z.namelist()), z.read('e69999'))";
    assert.equal(python(code, path), "70000 b'x'\n");
  });
});

test("65,535 entries are read back", async () => {
  await inTempDir((dir) => {
    const path = join(dir, "a.zip");
    writeZip(
      path,
      Array.from({ length: 65_535 }, (_, i) => ({ name: `${i}`, data: Buffer.alloc(0) })),
    );
    assert.equal(openZip(path).entries.size, 65_535);
  });
});

test("writeZip() never replaces a file", async () => {
  await inTempDir((dir) => {
    const path = join(dir, "a.zip");
    writeFileSync(path, "mine");
    assert.throws(
      () => writeZip(path, SOURCES),
      /^ZipError: Cannot write zip '.*a\.zip': it exists already$/,
    );
    assert.equal(readFileSync(path, "utf8"), "mine");
  });
});

test("writeZip() leaves nothing behind when it fails, and says which file failed", async () => {
  await inTempDir((dir) => {
    const path = join(dir, "a.zip");
    const bad: [ZipSource, RegExp][] = [
      [{ name: "x", path: join(dir, "missing") }, /missing' cannot be read: it does not exist$/],
      [{ name: "x", path: dir }, /is not a regular file$/],
      [{ name: "x" }, /entry 'x' has to end in '\/'/],
      [{ name: "x/", data: Buffer.alloc(1) }, /entry 'x\/' has to end in '\/' if, and only if/],
    ];
    for (const [source, message] of bad) {
      assert.throws(() => writeZip(path, [...SOURCES, source]), {
        name: "ZipError",
        path,
        message,
      });
      assert.equal(existsSync(path), false);
    }
  });
});

test("writeZip() notices files that change while they are read", async () => {
  await inTempDir((dir) => {
    const path = join(dir, "f");
    writeFileSync(path, Buffer.alloc(100));
    const changes: [string, () => void, RegExp][] = [
      ["grow", () => appendFileSync(path, "more"), /f' changed while it was read/],
      ["shrink", () => truncateSync(path, 10), /f' got shorter while it was read/],
    ];
    for (const [name, change, message] of changes) {
      // The name is asked for between the size being taken and the contents being read.
      let asked = 0;
      const source = {
        path,
        get name() {
          if (++asked === 1) change();
          return name;
        },
      };
      assert.throws(() => writeZip(join(dir, `${name}.zip`), [source]), { message }, name);
    }
  });
});

test("deflated entries are read", { skip: WITHOUT_PYTHON }, async () => {
  await inTempDir((dir) => {
    const path = join(dir, "a.zip");
    pythonZips([path, 8, [["big", "ab".repeat(100_000)], ["id", "x"]]]);
    const zip = verifyZip(path);
    assert.equal(readZipEntry(zip, "big").toString(), "ab".repeat(100_000));
    assert.equal(readZipRange(zip, "big", 1, 4).toString(), "bab");
    assert.throws(
      () => readZipEntry(zip, "big", { maxSize: 1000 }),
      /200000 bytes, more than the 1000 allowed/,
    );
    assert.deepEqual(readZipTail(path, new Set(["id", "big"])).get("id"), "x");
  });
});

test("a zip bomb is refused before it is unpacked", { skip: WITHOUT_PYTHON }, async () => {
  await inTempDir((dir) => {
    const path = join(dir, "a.zip");
    pythonZips([path, 8, [["bomb", "\0".repeat(1_000_000)]]]);
    const bytes = readFileSync(path);
    // It says it is small, and is not.
    bytes.writeUInt32LE(10, bytes.indexOf("PK\x01\x02", 0, "latin1") + 24);
    writeFileSync(path, bytes);
    assert.throws(() => readZipEntry(openZip(path), "bomb"), /entry 'bomb' cannot be decompressed/);
    // It says it is larger than anything deflated to so little can be.
    bytes.writeUInt32LE(900_000_000, bytes.indexOf("PK\x01\x02", 0, "latin1") + 24);
    writeFileSync(path, bytes);
    assert.throws(
      () => readZipEntry(openZip(path), "bomb"),
      /entry 'bomb' has a size that cannot be/,
    );
  });
});

test("names that lead out of a directory are refused", { skip: WITHOUT_PYTHON }, async () => {
  await inTempDir((dir) => {
    const bad = [
      "../x",
      "/x",
      "a/../../x",
      "a/..",
      "..",
      ".",
      "C:\\x",
      "C:x",
      "a\\b",
      "..\\x",
      "a//b",
      "./a",
      "//x",
    ];
    const pathOf = (i: number) => join(dir, `${i}.zip`);
    pythonZips(...bad.map((name, i): PythonZip => [pathOf(i), 0, [["id", "1"], [name, "evil"]]]));
    for (const [i, name] of bad.entries()) {
      const path = pathOf(i);
      assert.throws(() => openZip(path), (error: Error) => {
        assert.equal(error.name, "ZipError");
        assert(error.message.includes(JSON.stringify(name)), error.message);
        return true;
      }, name);
    }
  });
});

test("names that only look dangerous are read", { skip: WITHOUT_PYTHON }, async () => {
  await inTempDir((dir) => {
    const path = join(dir, "a.zip");
    const names = ["..foo", "foo..", "a/..b/c", "...", ".hidden", "a b"];
    pythonZips([path, 0, names.map((name) => [name, name])]);
    const zip = openZip(path);
    for (const name of names) assert.equal(readZipEntry(zip, name).toString(), name);
  });
});

test("a name that comes twice is refused", async () => {
  await inTempDir((dir) => {
    const path = join(dir, "a.zip");
    writeZip(path, [{ name: "id", data: Buffer.from("1") }, {
      name: "id",
      data: Buffer.from("2"),
    }]);
    assert.throws(() => openZip(path), /the name of entry "id" comes twice/);
    assert.throws(() => readZipTail(path, new Set(["id"])), /the name of entry 'id' comes twice/);
  });
});

test("what is no zip is refused in words", async () => {
  await inTempDir((dir) => {
    const path = join(dir, "a.zip");
    const message = () => {
      const messages = [() => openZip(path), () => readZipTail(path, new Set(["id"]))].map(
        (read) => {
          try {
            read();
          } catch (error) {
            assert(error instanceof ZipError && error.path === path);
            return error.message;
          }
          return "no error";
        },
      );
      assert.equal(messages[0], messages[1]);
      return messages[0]!.replace(path, "a.zip");
    };
    assert.equal(message(), "Cannot read zip 'a.zip': it does not exist");
    writeFileSync(path, "");
    assert.equal(message(), "Cannot read zip 'a.zip': it is empty");
    writeFileSync(path, "x");
    assert.equal(message(), "Cannot read zip 'a.zip': it is not a zip file");
    writeFileSync(path, "not a zip\n".repeat(10_000));
    assert.equal(
      message(),
      "Cannot read zip 'a.zip': it is damaged or cut off: it has no end record",
    );
    writeZip(join(dir, "b.zip"), SOURCES);
    const bytes = readFileSync(join(dir, "b.zip"));
    writeFileSync(path, bytes.subarray(0, bytes.length - 1));
    assert.equal(
      message(),
      "Cannot read zip 'a.zip': it is damaged or cut off: it has no end record",
    );
    writeFileSync(path, Buffer.concat([bytes, Buffer.from("x")]));
    assert.equal(
      message(),
      "Cannot read zip 'a.zip': it is damaged or cut off: it has no end record",
    );
    writeFileSync(path, Buffer.concat([Buffer.from("x"), bytes]));
    assert.match(message(), /it is damaged: its list of entries is not where it should be/);
    assert.throws(() => openZip(dir), /it is a directory/);
  });
});

test("an encrypted entry, and one compressed otherwise, are refused in words", async () => {
  await inTempDir((dir) => {
    const path = join(dir, "a.zip");
    writeZip(path, [{ name: "id", data: Buffer.from("1") }]);
    const bytes = readFileSync(path);
    const central = bytes.indexOf("PK\x01\x02", 0, "latin1");
    bytes.writeUInt16LE(1, central + 8);
    writeFileSync(path, bytes);
    assert.throws(() => readZipEntry(openZip(path), "id"), /entry 'id' is encrypted/);
    bytes.writeUInt16LE(0, central + 8);
    bytes.writeUInt16LE(12, central + 10);
    writeFileSync(path, bytes);
    assert.throws(
      () => readZipEntry(openZip(path), "id"),
      /entry 'id' is compressed by method 12, which is not/,
    );
  });
});

test("a pipe is not waited for", { skip: process.platform === "win32" }, async () => {
  await inTempDir((dir) => {
    const path = join(dir, "a.zip");
    execFileSync("mkfifo", [path]);
    assert.throws(() => openZip(path), ZipError);
  });
});

test("readZipTail() reads entries wherever they are", async () => {
  await inTempDir((dir) => {
    const path = join(dir, "a.zip");
    const big = Buffer.alloc(100_000, "x");
    writeZip(path, [
      { name: "id", data: Buffer.from("é") },
      { name: "output/40_run", data: big },
      { name: "config.json", data: big.subarray(0, 2000) },
      { name: "user/label", data: Buffer.from("hi") },
    ]);
    const names = new Set(["id", "config.json", "user/label", "opref", "config.jsoN"]);
    assert.deepEqual([...readZipTail(path, names)], [
      ["id", "é"],
      ["config.json", "x".repeat(2000)],
      ["user/label", "hi"],
    ]);
  });
});

test("readZipTail() checks sums", async () => {
  await inTempDir((dir) => {
    const path = join(dir, "a.zip");
    writeZip(path, [{ name: "a", data: Buffer.from("small") }, {
      name: "b",
      data: Buffer.alloc(5000, "b"),
    }]);
    for (const [name, part] of [["a", "small"], ["b", "bbbbb"]] as const) {
      const bytes = readFileSync(path);
      // Not its first byte, which could be that of the name before it.
      bytes[bytes.indexOf(part) + 2]! ^= 1;
      writeFileSync(join(dir, "c.zip"), bytes);
      assert.throws(
        () => readZipTail(join(dir, "c.zip"), new Set([name])),
        /the check sum of entry/,
      );
    }
  });
});

test("a damaged zip is never read as something else", async () => {
  await inTempDir((dir) => {
    const path = join(dir, "a.zip");
    const data = Object.entries(SEALED_META);
    writeZip(path, data.map(([name, text]) => ({ name, data: Buffer.from(text) })));
    const whole = readFileSync(path);
    const random = randomFrom(11);
    const names = new Set(["id", "opref", "proc/exit", "summary.json"]);
    let refused = 0;
    for (let i = 0; i < 1000; i++) {
      const bytes = damaged(whole, random);
      writeFileSync(path, bytes);
      const reads = [
        () => {
          const zip = verifyZip(path);
          for (const name of zip.entries.keys()) if (!name.endsWith("/")) readZipEntry(zip, name);
          return [...zip.entries].map(([name]) =>
            [name, readZipEntry(zip, name).toString()] as const
          );
        },
        () => [...readZipTail(path, names)],
      ];
      for (const read of reads) {
        try {
          for (const [name, text] of read()) {
            // The sum of an entry's contents holds, so only its name can have changed.
            if (name in SEALED_META) assert.equal(text, SEALED_META[name]);
          }
        } catch (error) {
          if (!(error instanceof ZipError)) throw error;
          assert(error.message.startsWith(`Cannot read zip '${path}': `), error.message);
          refused++;
        }
      }
    }
    assert(refused > 400);
  });
});

/** Flips bits, cuts off, drops or repeats a part, or writes numbers over what was there. */
function damaged(whole: Buffer, random: () => number): Buffer {
  const bytes = Buffer.from(whole);
  const at = () => Math.floor(random() * bytes.length);
  switch (Math.floor(random() * 5)) {
    case 0:
      for (let n = 1 + random() * 4; n > 0; n--) bytes[at()]! ^= 1 << Math.floor(random() * 8);
      return bytes;
    case 1:
      return bytes.subarray(0, at());
    case 2: {
      const start = at();
      return Buffer.concat([
        bytes.subarray(0, start),
        bytes.subarray(start + Math.floor(random() * 50)),
      ]);
    }
    case 3:
      return Buffer.concat([bytes, bytes.subarray(at())]);
    default: {
      // Where numbers are that readers follow: the list of entries, and its end.
      const central = bytes.indexOf("PK\x01\x02", 0, "latin1");
      const position = central + Math.floor(random() * (bytes.length - central - 4));
      bytes.writeUInt32LE(
        [0, 1, 0xffffffff, 0xffff, 0x7fffffff][Math.floor(random() * 5)]!,
        position,
      );
      return bytes;
    }
  }
}

test("verifyZip() checks entries that are larger than what is kept in memory", async () => {
  await inTempDir((dir) => {
    const path = join(dir, "a.zip");
    const source = join(dir, "f");
    writeFileSync(source, Buffer.alloc(3_000_000, "abc"));
    writeZip(path, [{ name: "f", path: source }, { name: "id", data: Buffer.from("1") }]);
    verifyZip(path);
    const fd = openSync(path, "r+");
    writeSync(fd, Buffer.from("!"), 0, 1, 2_500_000);
    closeSync(fd);
    assert.throws(() => verifyZip(path), /the check sum of entry 'f'/);
  });
});

test("a link to a zip is followed, and one to a directory is refused", async () => {
  await inTempDir((dir) => {
    writeZip(join(dir, "a.zip"), SOURCES);
    symlinkSync("a.zip", join(dir, "b.zip"));
    mkdirSync(join(dir, "d"));
    symlinkSync("d", join(dir, "c.zip"));
    assert.equal(openZip(join(dir, "b.zip")).entries.size, SOURCES.length);
    assert.throws(() => openZip(join(dir, "c.zip")), ZipError);
    assert.equal(statSync(join(dir, "a.zip")).size, openZip(join(dir, "a.zip")).size);
  });
});
