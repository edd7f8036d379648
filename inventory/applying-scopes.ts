// Applies the scopes of a run one after the other while the next ones are being read.
import { addChanges } from './apply'
import type { Changes } from './reconcile'

/** Scopes that were read and wait: small ones among large ones keep neither reading nor applying from going on. */
const WAITING_MAX = 8

/** One scope is applied at a time, in the order they were read. Who reads much faster than that is held up. */
export class ApplyingScopes {
  private changes: Changes = {}
  private last: Promise<void> = Promise.resolve()
  private waiting: Promise<void>[] = []
  private failed = false

  constructor(private readonly apply: (scopeId: string) => Promise<Changes>) {}

  /** Resolves when few enough are waiting. @throws what kept an earlier one from being applied */
  async add(scopeId: string): Promise<void> {
    this.last = this.last
      .then(() => this.apply(scopeId))
      .then((changes) => {
        this.changes = addChanges(this.changes, changes)
      })
    // Whoever adds the next one, or finishes, is told.
    this.last.catch(() => (this.failed = true))
    this.waiting.push(this.last)
    if (this.failed) await this.last
    else if (this.waiting.length > WAITING_MAX) await this.waiting.shift()
  }

  /** What all of them changed. @throws what kept one of them from being applied */
  async finish(): Promise<Changes> {
    await this.last
    return this.changes
  }

  /** Comes to an end whether they could be applied or not. */
  async settled(): Promise<void> {
    await this.last.catch(() => {})
  }
}
