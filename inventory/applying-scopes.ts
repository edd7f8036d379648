// Applies the scopes of a run one after the other while the next ones are being read.
import { addChanges } from './apply'
import type { Changes } from './reconcile'

/** At most one scope is being applied and one more waits: who reads faster than that is held up. */
export class ApplyingScopes {
  private changes: Changes = {}
  private last: Promise<void> = Promise.resolve()

  constructor(private readonly apply: (scopeId: string) => Promise<Changes>) {}

  /** Resolves when the scope is being applied. @throws what kept an earlier one from being applied */
  async add(scopeId: string): Promise<void> {
    await this.last
    this.last = this.apply(scopeId).then((changes) => {
      this.changes = addChanges(this.changes, changes)
    })
    // Whoever adds the next one, or finishes, is told.
    this.last.catch(() => {})
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
