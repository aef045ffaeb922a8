import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** What can be said of the image without building it. */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");

type Instruction = { readonly word: string; readonly rest: string };

const dockerfile: Instruction[] = read("docker", "Dockerfile")
  .replaceAll(/^#.*\n/gm, "")
  .replaceAll(/\\\n/g, " ")
  .split("\n")
  .map((line) => /^(\w+)\s+(.*)$/.exec(line.trim()))
  .flatMap((found) => (found === null ? [] : [{ word: found[1] ?? "", rest: found[2] ?? "" }]));

const all = (word: string) => dockerfile.filter((line) => line.word === word);
const rest = (word: string) => all(word).map((line) => line.rest);
const lastStage = dockerfile.slice(dockerfile.findLastIndex(({ word }) => word === "FROM"));

test("has two stages on Node 24 slim, the second without the compiler", () => {
  expect(rest("FROM")).toEqual(["node:24-slim AS build", "node:24-slim"]);
  const copies = lastStage.filter(({ word }) => word === "COPY").map((line) => line.rest);
  expect(copies.filter((copy) => /translator|server|src/.test(copy))).toEqual([]);
});

test("copies files that exist and that .dockerignore lets in", () => {
  const letIn = read(".dockerignore")
    .split("\n")
    .filter((line) => line.startsWith("!"))
    .map((line) => line.slice(1));
  const sources = rest("COPY")
    .filter((copy) => !copy.startsWith("--from="))
    .flatMap((copy) => copy.split(/\s+/).slice(0, -1));
  expect(sources.length).toBeGreaterThan(5);
  expect(sources.filter((source) => !existsSync(join(root, source)))).toEqual([]);
  expect(sources.filter((source) => !letIn.includes(source))).toEqual([]);
});

test("the build compiles every folder that it copies", () => {
  const { include } = JSON.parse(read("tsconfig.build.json")) as { include: string[] };
  expect(include.filter((folder) => !rest("COPY").includes(`${folder} ./${folder}`))).toEqual([]);
});

test("runs as a user of its own, made before it is used", () => {
  const user = lastStage.findIndex(({ word }) => word === "USER");
  const made = lastStage.findIndex(({ rest: text }) => text.includes("useradd"));
  expect(lastStage[user]?.rest).toBe("mockhaus");
  expect(made).toBeGreaterThan(-1);
  expect(made).toBeLessThan(user);
});

test("starts the program that package.json names, on every address, on the volume", () => {
  const { bin } = JSON.parse(read("package.json")) as { bin: { mockhaus: string } };
  expect(rest("ENTRYPOINT")).toEqual([`["node", "/opt/mockhaus/${bin.mockhaus}"]`]);
  expect(rest("CMD")).toEqual(['["start", "--host", "0.0.0.0", "--data", "/var/lib/mockhaus"]']);
  expect(rest("VOLUME")).toEqual(["/var/lib/mockhaus"]);
  expect(rest("EXPOSE")).toEqual(["8080"]);
  // The folder is made in the image: a start with a folder that is missing would fail.
  const folder = "/docker-entrypoint-initdb.d";
  expect(rest("ENV").join(" ")).toContain(`MOCKHAUS_INIT=${folder}`);
  expect(rest("RUN").join(" ")).toContain(folder);
});

test("its health check and its start are commands of the command line", () => {
  const health = rest("HEALTHCHECK")[0] ?? "";
  expect(health).toContain("--start-interval=1s");
  expect(health).toMatch(/"ready"\]$/);

  const cli = join(root, "src", "cli");
  const sources = readdirSync(cli)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => read("src", "cli", file))
    .join("\n");
  expect(sources).toMatch(/["'`]ready\b/);
  expect(sources).toMatch(/["'`]start\b/);
});

test("carries the version of the package", () => {
  const { version } = JSON.parse(read("package.json")) as { version: string };
  expect(rest("ARG")).toContain(`VERSION=${version}`);
  const labels = rest("LABEL")[0] ?? "";
  for (const label of ["title", "description", "licenses", "version", "revision"]) {
    expect(labels).toContain(`org.opencontainers.image.${label}=`);
  }
});

test("compose has one service with the volume and ./init", () => {
  const compose = read("docker-compose.yml");
  const services = /^services:\n((?: .*\n)+)/m.exec(compose)?.[1] ?? "";
  expect(services.match(/^ {2}\w+:$/gm)).toEqual(["  mockhaus:"]);
  expect(services).toContain("- data:/var/lib/mockhaus");
  expect(services).toContain("- ./init:/docker-entrypoint-initdb.d");
  expect(services).toContain("dockerfile: docker/Dockerfile");
});
