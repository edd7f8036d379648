// What grants allow, remembered: many identities hold the same few policies, and each is read and judged once.
import type { Fact } from '@/core/fact'
import type { Privilege } from '@/core/subject'
import { looksAbout, type LookRow } from './absence'
import { privilegeFact, UNREAD, type HeldGrant } from './privilege'
import { entitlementsOf, type EntitlementRow, type GrantRow } from './rows'

/** Documents, and answers about sets of them, that are kept at a time: bounds memory, whatever the size of the scope. */
const DOCUMENTS_MAX = 2000
const ANSWERS_MAX = 5000

/** Of one evaluation: what it answers is as old as the evaluation at most. */
export class Entitlements {
  private readonly read = new Map<string, EntitlementRow | undefined>()
  private readonly answers = new Map<string, Fact<Privilege>>()

  /** @param languages of everything that can be granted in the scope */
  constructor(
    private readonly looks: readonly LookRow[],
    private readonly languages: readonly string[],
  ) {}

  /** Reads the entitlements of the grants, as far as they were not read before. */
  async load(grants: Iterable<readonly GrantRow[]>): Promise<void> {
    const wanted = new Set<string>()
    for (const held of grants) for (const { entitlementId } of held) wanted.add(entitlementId)
    if (this.read.size + wanted.size > DOCUMENTS_MAX) this.read.clear()
    const ids = [...wanted].filter((id) => !this.read.has(id))
    if (!ids.length) return
    for (const id of ids) this.read.set(id, undefined)
    for (const row of await entitlementsOf(ids)) this.read.set(row.id, row)
  }

  /** @param type of the identity that holds them: not every look can tell of it */
  privilegeOf(type: string, grants: readonly GrantRow[]): Fact<Privilege> {
    const about = this.looks.some((look) => look.about.length) ? type : ''
    const key = JSON.stringify([about, ...grants.map((g) => [g.entitlementId, g.name, g.effect, g.via])])
    const answered = this.answers.get(key)
    if (answered) return answered
    const answer = privilegeFact(
      grants.map((grant) => this.held(grant)),
      looksAbout(this.looks, type),
      this.languages,
    )
    if (this.answers.size >= ANSWERS_MAX) this.answers.clear()
    this.answers.set(key, answer)
    return answer
  }

  private held({ entitlementId, name, effect, via }: GrantRow): HeldGrant {
    const entitlement = this.read.get(entitlementId)
    const document = entitlement?.document
    return {
      name,
      effect: effect === 'limit' ? 'limit' : 'allow',
      via,
      language: entitlement?.language ?? UNREAD,
      ...(document?.state === 'known' && { document: document.value }),
    }
  }
}
