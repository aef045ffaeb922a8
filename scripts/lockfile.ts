/**
 * The rules about platform packages in package-lock.json; docs/decisions/0001-lockfile-platforms.md
 * says why they are needed.
 */

/** An entry of package-lock.json, as far as it matters here. */
export type LockEntry = {
  readonly version?: string | undefined;
  readonly dev?: boolean | undefined;
  readonly optional?: boolean | undefined;
  readonly os?: readonly string[] | undefined;
  readonly cpu?: readonly string[] | undefined;
  readonly libc?: readonly string[] | undefined;
  readonly optionalDependencies?: Readonly<Record<string, string>> | undefined;
};
export type Lock = { readonly packages: Readonly<Record<string, LockEntry>> };

/** A package that another one declares as optional and that the lock does not name, or wrongly. */
export type Gap = {
  /** Path of the declaring package, as the lock names it: `node_modules/@duckdb/node-bindings`. */
  readonly declaredBy: string;
  readonly name: string;
  /** The version or range that the declaration asks for. */
  readonly wanted: string;
  /** The version that the lock names instead; undefined when it names none. */
  readonly found: string | undefined;
};

export type Platform = {
  readonly os: readonly string[];
  readonly cpu: readonly string[];
  readonly libc?: readonly string[] | undefined;
};

const EXACT_VERSION = /^\d+\.\d+\.\d+(?:[-+].*)?$/;
const SYSTEMS = new Set(
  "aix android darwin freebsd linux netbsd openbsd openharmony sunos win32".split(" "),
);
const PROCESSORS = new Set(
  "arm arm64 ia32 loong64 mips64el ppc64 riscv64 s390x x64 wasm32".split(" "),
);

/**
 * The optional packages that the lock leaves out or names in another version.
 *
 * @param declared what each installed package itself declares, by its path in the lock. Entries of
 *   the lock repeat the declarations; both are read, so that neither alone can hide a gap.
 */
export function gapsIn(lock: Lock, declared: Lock["packages"]): Gap[] {
  const gaps: Gap[] = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    const wanted = { ...entry.optionalDependencies, ...declared[path]?.optionalDependencies };
    for (const [name, version] of Object.entries(wanted)) {
      const found = resolveIn(lock, path, name)?.version;
      const wrong = found === undefined || (EXACT_VERSION.test(version) && found !== version);
      if (wrong) gaps.push({ declaredBy: path, name, wanted: version, found });
    }
  }
  return gaps;
}

/** The entries that claim to be for some platform only by being optional: they name no system. */
export function platformless(lock: Lock): string[] {
  return Object.entries(lock.packages)
    .filter(([path, { optional, os, cpu }]) => {
      const name = path.split("node_modules/").at(-1) ?? "";
      return optional === true && os === undefined && cpu === undefined && isPlatformName(name);
    })
    .map(([path]) => path);
}

/**
 * The lock with an entry for each gap: exact version and platform, without a checksum, which npm
 * takes from the registry when it installs the package on such a system.
 *
 * @throws when a declaration asks for a range or its name does not tell the platform.
 */
export function completed(lock: Lock, gaps: readonly Gap[]): Lock {
  const packages: Record<string, LockEntry> = { ...lock.packages };
  for (const { declaredBy, name, wanted } of gaps) {
    if (!EXACT_VERSION.test(wanted)) {
      throw new Error(`${name}: ${declaredBy} asks for the range ${wanted}, not for one version`);
    }
    const parent = lock.packages[declaredBy];
    const siblings = Object.keys(parent?.optionalDependencies ?? {});
    const { os, cpu, libc } = platformOf(name, siblings);
    packages[pathFor(lock, declaredBy, name)] = {
      version: wanted,
      cpu,
      ...(parent?.dev === true ? { dev: true } : {}),
      ...(libc === undefined ? {} : { libc }),
      optional: true,
      os,
    };
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en"));
  return { ...lock, packages: Object.fromEntries(sorted) };
}

/**
 * The platform that a package's name tells: `@oxc-parser/binding-linux-arm-musleabihf`.
 *
 * @param siblings the names declared with it: beside a `-musl` one, a bare `linux` means glibc.
 * @throws when the name has no known system or processor.
 */
export function platformOf(name: string, siblings: readonly string[]): Platform {
  const words = wordsOf(name);
  const os = words.find((word) => SYSTEMS.has(word));
  const cpu = words.find((word) => PROCESSORS.has(word));
  if (os === undefined || cpu === undefined) {
    throw new Error(`${name}: its name does not tell a system and a processor`);
  }
  const isMusl = (other: string) => wordsOf(other).some((word) => word.startsWith("musl"));
  const isGnu = words.some((word) => word.startsWith("gnu"));
  if (os !== "linux") return { os: [os], cpu: [cpu] };
  if (isMusl(name)) return { os: [os], cpu: [cpu], libc: ["musl"] };
  if (isGnu || siblings.some(isMusl)) return { os: [os], cpu: [cpu], libc: ["glibc"] };
  return { os: [os], cpu: [cpu] };
}

function wordsOf(name: string): string[] {
  return (name.split("/").at(-1) ?? name).split("-");
}

function isPlatformName(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => SYSTEMS.has(word)) && words.some((word) => PROCESSORS.has(word));
}

/** The entry that Node would find for `name` from the package at `path`: nearest folder first. */
function resolveIn(lock: Lock, path: string, name: string): LockEntry | undefined {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf("node_modules/") - 1))) {
    const entry = lock.packages[at === "" ? `node_modules/${name}` : `${at}/node_modules/${name}`];
    if (entry !== undefined || at === "") return entry;
  }
}

/** Beside the declaring package; inside it when another version already stands there. */
function pathFor(lock: Lock, declaredBy: string, name: string): string {
  const folder = declaredBy.slice(0, declaredBy.lastIndexOf("node_modules/"));
  const beside = `${folder}node_modules/${name}`;
  return lock.packages[beside] === undefined ? beside : `${declaredBy}/node_modules/${name}`;
}
