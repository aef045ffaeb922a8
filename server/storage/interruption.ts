/**
 * Interrupts DuckDB until the call that runs has ended. Once is not enough: a call that still waits for a thread of libuv's pool
 * forgets an interrupt when it begins.
 */

/** Milliseconds between two interrupts of the same call. */
const REPEAT_MS = 20;

export class Interruption {
  readonly #interrupt: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(interrupt: () => void) {
    this.#interrupt = interrupt;
  }

  begin(): void {
    this.#interrupt();
    this.#timer ??= setInterval(this.#interrupt, REPEAT_MS);
  }

  /** The call has ended; the next one is not to be interrupted. */
  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
