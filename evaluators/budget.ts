// Bounds the work on one question: past it the answer is "depends", not a wait.

/** The documents are too large or too tangled to be judged. */
export class TooMuch extends Error {}

export class Budget {
  constructor(private left: number) {}

  /** @throws TooMuch when more is spent than there is */
  spend(steps: number): void {
    this.left -= steps
    if (this.left < 0) throw new TooMuch()
  }
}
