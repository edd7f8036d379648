// One small list for each of many objects: all of it or a refusal, and no more questions once it is plain that none of them
// will be answered.
import { known, unknown, type Fact, type Unknown } from '@/core/fact'
import type { Session } from '@/core/session'
import { z } from 'zod'
import type { CallParams } from '../call'
import { GONE } from '../explain'

/** So many questions refused before one was answered: the permission is missing, and asking on tells nothing more. */
const REFUSED_MAX = 10

/** As in pages.ts, but for a first page that may say that the object is gone. */
const pageOf = <T>(item: z.ZodType<T>) =>
  z.object({ value: z.array(item), '@odata.nextLink': z.string().min(1).nullish() })
type Page<T> = { value: T[]; '@odata.nextLink'?: string | null | undefined }

export class Lists<T> {
  private refused = 0
  private answered = false
  private refusal: Unknown | undefined
  private readonly shape: z.ZodType<Page<T>>

  constructor(
    private readonly session: Session,
    private readonly permission: string,
    item: z.ZodType<T>,
    /** Codes by which the service says that there is none. */
    private readonly absentOn: readonly string[] = [GONE],
  ) {
    this.shape = pageOf(item)
  }

  /** Absent where the object itself is gone since it was listed. */
  async of(params: CallParams): Promise<Fact<T[]>> {
    if (this.refusal) return this.refusal
    const first = await this.session.ask(this.permission, { ...params }, this.shape, {
      absentOn: this.absentOn,
    })
    if (first.state === 'unknown') return this.count(first)
    this.answered = true
    if (first.state === 'absent') return first
    const link = first.value['@odata.nextLink']
    if (!link) return known(first.value.value, this.permission)
    const rest = await this.session.gather(this.permission, { ...params, link }, this.shape, {
      next: (page) => (page['@odata.nextLink'] ? { link: page['@odata.nextLink'] } : undefined),
    })
    if (rest.state !== 'known') return rest.state === 'unknown' ? rest : this.odd()
    return known([...first.value.value, ...rest.value.flatMap(({ value }) => value)], this.permission)
  }

  private odd(): Unknown {
    return unknown('malformed', this.permission, 'a page was missing')
  }

  /** What a source does not offer at all it does not offer for the next object either. */
  private count(refusal: Unknown): Unknown {
    const never = refusal.why === 'not-offered' || ++this.refused >= REFUSED_MAX
    if (never && !this.answered) this.refusal = refusal
    return refusal
  }
}
