import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT, repositoryFiles } from "./root.ts";

/**
 * Rules of the house that a machine keeps and that neither Biome, tsc, knip nor dependency-cruiser
 * knows. Each test prints the places that break it as `file:line: text`.
 */
const files = repositoryFiles();
const text = new Map(files.filter(isText).map((file) => [file, read(file)]));
const source = files.filter((file) => /\.(ts|mjs)$/.test(file));
const product = source.filter((file) => /^(translator|server|src)\//.test(file));
const notTests = product.filter((file) => !file.endsWith(".test.ts"));

/** A word that this file must not contain itself, in two halves. */
const halves = (a: string, b: string) => a + b;

describe("files", () => {
  const LIMIT = 400;
  /** Tests and tables may be long: nobody reads them from top to bottom. */
  const LONG = [/\.test\.ts$/, /-cases\.ts$/, /-table\.ts$/, /^translator\/base\/errors\.ts$/];

  test(`have at most ${LIMIT} lines`, () => {
    const long = source
      .filter((file) => !LONG.some((pattern) => pattern.test(file)))
      .map((file) => [file, linesOf(file).length] as const)
      .filter(([, count]) => count > LIMIT);
    expect(long.map(([file, count]) => `${file}: ${count} lines`)).toEqual([]);
  });

  test("are no barrels: only the four public entry points are called index or re-export", () => {
    const ENTRIES = ["translator/index.ts", "server/index.ts", "src/index.ts", "src/vitest.ts"];
    const others = source.filter((file) => !ENTRIES.includes(file));
    expect(others.filter((file) => /(^|\/)index\.ts$/.test(file))).toEqual([]);
    expect(places(others, /^export\s+(?:type\s+)?(?:\*|\{[^}]*\})\s+from\b/)).toEqual([]);
  });

  test("carry no marks of unfinished work", () => {
    const marks = [halves("TO", "DO"), halves("FIX", "ME"), halves("X", "XX"), halves("HA", "CK")];
    const pattern = new RegExp(
      `(?://|^\\s*/?\\*+|#)\\s*(?:.*\\s)?(?:${marks.join("|")})\\b(?!\\S)`,
    );
    expect(places([...text.keys()].filter(isCode), pattern)).toEqual([]);
  });

  test("end with a line end and hold no tabs before code", () => {
    const unended = source.filter((file) => !text.get(file)?.endsWith("\n"));
    expect(unended).toEqual([]);
  });
});

describe("imports", () => {
  test("name the file they import, with its ending", () => {
    const bare = /(?:from|import\(|^import)\s*["']\.{1,2}\/(?:[^"']*\/)?[^"'/.]+["']/;
    const asJs = /(?:from|import\(|^import)\s*["']\.{1,2}\/[^"']*\.js["']/;
    const typescript = source.filter((file) => file.endsWith(".ts"));
    expect(places(typescript, bare)).toEqual([]);
    expect(places(product, asJs)).toEqual([]);
  });

  test("of the engine stay in server/storage", () => {
    const outside = product.filter((file) => !file.startsWith("server/storage/"));
    expect(places(outside, /(?:from|import\()\s*["']@duckdb\//)).toEqual([]);
  });

  test("of Arrow and Parquet stay in server/results", () => {
    const outside = notTests.filter((file) => !file.startsWith("server/results/"));
    expect(places(outside, /(?:from|import\()\s*["'](?:apache-arrow|parquet-wasm)/)).toEqual([]);
  });
});

describe("the product", () => {
  test("reads the environment only in src/config", () => {
    const outside = notTests.filter((file) => !file.startsWith("src/config/"));
    expect(places(outside, /\bprocess\.env\b/)).toEqual([]);
  });

  test("asserts with must() and assert(), and hides no type error", () => {
    expect(places(source, new RegExp(`@ts-(?:${halves("ig", "nore")}|nocheck)`))).toEqual([]);
    // server/storage reaches under the engine's client, whose types hide what is there.
    const typed = notTests.filter((file) => !file.startsWith("server/storage/"));
    expect(places(typed, /\bas unknown as\b/)).toEqual([]);
  });

  test("reads results by column: the row helpers cost five to twenty times as much", () => {
    const encoders = notTests.filter((file) => file.startsWith("server/results/"));
    expect(places(encoders, /\b(?:getRowsJson|getRowObjects\w*|vectorFromArray)\s*\(/)).toEqual([]);
  });

  test("is tested in .test.ts without engine and socket; those have endings of their own", () => {
    const unit = product.filter((file) =>
      /^(?!.*\.(engine|net)\.test\.ts$).*\.test\.ts$/.test(file),
    );
    expect(places(unit, /from "(?:@duckdb\/|node:net"|node:http")|\.listen\(/)).toEqual([]);
  });
});

describe("nothing of one machine", () => {
  test("is in a file: no paths of the machine it was written on", () => {
    const folders = ["work", "tmp", "root", "home/[a-z]+"].join("|");
    const path = new RegExp(`(?:^|[\\s"'\`(=:])/(?:${folders})/`);
    const own = [...text.keys()].filter((file) => file !== "package-lock.json");
    expect(places(own, path)).toEqual([]);
  });

  test("is in a file: no host of a package registry", () => {
    const hosts = [
      halves("registry.npm", "js"),
      halves("registry.yarn", "pkg"),
      halves("npm", "mirror"),
      halves("py", "pi.org"),
      halves("files.python", "hosted"),
      halves("crates", ".io"),
      halves("proxy.go", "lang"),
      halves("repo1.ma", "ven"),
      halves("repo.ma", "ven"),
      halves("deb.de", "bian"),
    ].map((host) => host.replaceAll(".", "\\."));
    expect(places([...text.keys()], new RegExp(hosts.join("|"), "i"))).toEqual([]);
  });

  test("is in the lock file: it names versions and checksums, no addresses", () => {
    expect(places(["package-lock.json"], /"resolved":/)).toEqual([]);
  });
});

describe("documents", () => {
  const documents = files.filter((file) => file.endsWith(".md"));

  test("link to what exists", () => {
    const broken = documents.flatMap((file) =>
      linksOf(file)
        .filter((link) => !reaches(file, link))
        .map((link) => `${file}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  test("name only npm scripts that exist", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = documents.flatMap((file) =>
      [...read(file).matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => [file, name ?? ""] as const),
    );
    const unknown = named.filter(([, name]) => !Object.hasOwn(scripts, name));
    expect(unknown.map(([file, name]) => `${file}: npm run ${name}`)).toEqual([]);
  });

  test("of decisions are numbered and listed", () => {
    const list = read("docs/decisions/README.md");
    const decisions = documents
      .filter((file) => file.startsWith("docs/decisions/") && !file.endsWith("README.md"))
      .map((file) => file.slice("docs/decisions/".length));
    expect(decisions.filter((name) => !/^\d{4}-[a-z0-9-]+\.md$/.test(name))).toEqual([]);
    expect(decisions.filter((name) => !list.includes(`(${name})`))).toEqual([]);
  });

  function linksOf(file: string): string[] {
    const prose = read(file)
      .replaceAll(/^```[\s\S]*?^```/gm, "")
      .replaceAll(/`[^`\n]*`/g, "");
    return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? "");
  }

  function reaches(from: string, link: string): boolean {
    if (/^[a-z]+:/.test(link)) return true;
    const [path = "", heading] = link.split("#");
    const target = path === "" ? from : normalize(join(dirname(from), decodeURI(path)));
    if (!existsSync(join(ROOT, target))) return false;
    return heading === undefined || !target.endsWith(".md") || headingsOf(target).has(heading);
  }

  /** Headings as the usual renderers make them into anchors. */
  function headingsOf(file: string): Set<string> {
    const headings = [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading ?? "");
    return new Set(
      headings.map((heading) =>
        heading
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
          .replaceAll(" ", "-"),
      ),
    );
  }
});

function isText(file: string): boolean {
  return /(\.(ts|mjs|js|json|jsonc|md|sh|py|ya?ml|toml|slt|sql|txt)|Dockerfile|\.npmrc|\/run)$/.test(
    file,
  );
}

function isCode(file: string): boolean {
  return /\.(ts|mjs|js|sh|py|ya?ml|toml)$/.test(file);
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

function linesOf(file: string): string[] {
  return (text.get(file) ?? "").replace(/\n$/, "").split("\n");
}

/** Where a pattern is found, at most a few per file: `file:line: text`. */
function places(among: readonly string[], pattern: RegExp): string[] {
  return among.flatMap((file) =>
    linesOf(file)
      .map((line, index) => ({ line, at: `${file}:${index + 1}: ${line.trim().slice(0, 120)}` }))
      .filter(({ line }) => pattern.test(line))
      .map(({ at }) => at)
      .slice(0, 5),
  );
}
