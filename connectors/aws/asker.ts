// Asks one question per user, key or cluster, and stops asking once it is plain that none will be answered.
import type { z } from 'zod'
import type { Fact, Unknown } from '@/core/fact'
import type { Session } from '@/core/session'

/** So many questions refused before one was answered: the permission is missing, and asking on tells nothing more. */
const REFUSED_MAX = 10

export class Asker {
  private refused = 0
  private answered = false
  /** The refusal that stands for all further questions. */
  refusal: Unknown | undefined

  constructor(
    private readonly session: Session,
    private readonly permission: string,
    /** Codes by which the source says that what is asked about is gone by now. */
    private readonly absentOn: readonly string[],
  ) {}

  async ask<T>(params: Record<string, unknown>, shape: z.ZodType<T>): Promise<Fact<T>> {
    if (this.refusal) return this.refusal
    const fact = await this.session.ask(this.permission, params, shape, { absentOn: this.absentOn })
    if (fact.state !== 'unknown') this.answered = true
    else if (++this.refused >= REFUSED_MAX && !this.answered) this.refusal = fact
    return fact
  }
}
