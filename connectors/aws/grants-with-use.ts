// Tells with each grant what of it was seen in use: by the report on whoever holds it, and what the policy gives.
import { mapFact, unknown, valueOf, type Fact, type Instant } from '@/core/fact'
import type { Exercised, Of } from '@/core/observation'
import type { Session } from '@/core/session'
import { documentOf } from './collect-policies'
import { givesOf, type Gives } from './gives'
import { GENERATE, isOfAws, type Reports } from './last-accessed'
import { exercisedOf } from './map-last-accessed'
import type { Document } from './policy-document'

type Grant = Of<'grant'>
type Entitlement = Of<'entitlement'>

const OF_AWS = unknown('not-offered', GENERATE, 'it is not asked of roles that AWS made for its own services')
const GONE = unknown('not-collected', GENERATE, 'it was deleted while the account was read')
const ODD = unknown('malformed', GENERATE, 'the policy has no statements in a form known here')

/** Documents of managed policies, each asked for once: those of the account come with its details, others one by one. */
export class Documents {
  private readonly asked = new Map<string, Promise<Fact<Document>>>()

  constructor(
    private readonly session: Session,
    private readonly own: ReadonlyMap<string, Fact<Document>>,
  ) {}

  async of(arn: string): Promise<Fact<Document>> {
    const found = this.own.get(arn) ?? this.asked.get(arn)
    if (found) return await found
    const asked = documentOf(this.session, arn)
    this.asked.set(arn, asked)
    return await asked
  }
}

export class GrantsWithUse {
  private readonly gives = new Map<string, Fact<Gives>>()

  constructor(
    private readonly reports: Reports,
    private readonly documents: Documents,
  ) {}

  /** Inline policies, which come with whom they belong to. */
  *noting(entitlements: readonly Entitlement[]): Generator<Entitlement> {
    for (const one of entitlements) {
      this.gives.set(one.nativeId, givesIn(one.document))
      yield one
    }
  }

  async *of({ aliases, createdAt }: Of<'identity'>, grants: readonly Grant[]): AsyncGenerator<Grant> {
    const holder = { arn: aliases[0] ?? '', madeAt: valueOf(createdAt) }
    for (const grant of grants)
      // What only limits gives nothing that could be used.
      yield grant.effect === 'limit' ? grant : { ...grant, exercised: await this.exercised(grant, holder) }
  }

  private async exercised(
    { identity, entitlement }: Grant,
    { arn, madeAt }: { arn: string; madeAt: Instant | undefined },
  ): Promise<Fact<Exercised>> {
    if (isOfAws(arn)) return OF_AWS
    const report = this.reports.of(identity)
    if (report.state === 'absent') return GONE
    if (report.state === 'unknown') return report
    const gives = await this.givesOf(entitlement)
    return gives.state === 'known' ? exercisedOf(report.value, { gives: gives.value, madeAt }) : gives
  }

  private async givesOf(entitlement: string): Promise<Exclude<Fact<Gives>, { state: 'absent' }>> {
    const gives = this.gives.get(entitlement) ?? givesIn(await this.documents.of(entitlement))
    this.gives.set(entitlement, gives)
    return gives.state === 'absent' ? ODD : gives
  }
}

const givesIn = (document: Fact<Document>): Fact<Gives> => mapFact(document, givesOf)
