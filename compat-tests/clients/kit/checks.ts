/** Counts what a client test checks, and says so in the line that `npm test` reads. */

const FAILURE_LINES = 14;

export class Checks {
  #passed = 0;
  #failed = 0;
  #skipped = 0;

  /** Runs one check: it passes when it does not throw. A failure is printed and does not stop the others. */
  async check(name: string, work: () => Promise<void> | void): Promise<void> {
    try {
      await work();
      this.#passed++;
    } catch (error) {
      this.#failed++;
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.stdout.write(`FAILED ${name}\n`);
      for (const line of text.split("\n").slice(0, FAILURE_LINES)) {
        process.stdout.write(`  ${line}\n`);
      }
    }
  }

  skip(what: string, why: string): void {
    this.#skipped++;
    process.stdout.write(`SKIPPED ${what}: ${why}\n`);
  }

  /** Prints the closing line, and lets the process end with 1 when something failed. */
  finish(): void {
    process.stdout.write(
      `${this.#passed} passed, ${this.#failed} failed, ${this.#skipped} skipped\n`,
    );
    process.exitCode = this.#failed === 0 ? 0 : 1;
  }
}
