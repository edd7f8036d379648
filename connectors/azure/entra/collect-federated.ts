// Federated credentials of own applications: one question for each application, since no list holds them all.
import type { Stream, StreamAt } from '@/core/connector'
import { unknown, type Fact, type Unknown } from '@/core/fact'
import type { Observation } from '@/core/observation'
import { segment } from '../call'
import { connection } from '../connection'
import { issuerName } from '../keys'
import { FEDERATED, FEDERATED_BETA } from './calls'
import { ownApplications } from './directory'
import { Lists } from './lists'
import { federatedTrust, trustedIssuer } from './map-federated'
import { FederatedCredential } from './shapes'

const KINDS = ['trust', 'issuer'] as const
type Owned = { id: string; identity: string }
type Expressions = Fact<ReadonlyMap<string, string | undefined>>

const pathOf = (id: string): string => `/applications/${segment(id)}/federatedIdentityCredentials`

/** Version 1.0 leaves the expression out; without it such a credential says nothing. */
class Beta {
  private readonly lists: Lists<FederatedCredential>
  constructor(
    private readonly stream: StreamAt,
    private readonly allowed: boolean,
  ) {
    this.lists = new Lists(stream.session, FEDERATED_BETA, FederatedCredential)
  }

  async expressions(id: string): Promise<Expressions> {
    if (!this.allowed)
      return unknown('left-out', FEDERATED_BETA, 'the settings of this connection leave preview APIs out')
    const listed = await this.lists.of({ path: pathOf(id) })
    if (listed.state !== 'known') return listed
    const all = listed.value.map((one) => [one.id, one.claimsMatchingExpression?.value] as const)
    return { ...listed, value: new Map(all) }
  }
}

type At = StreamAt & { beta: Beta; issuers: Map<string, Set<string>> }

async function* trustsOf(at: At, owned: Owned, one: FederatedCredential): AsyncGenerator<Observation> {
  const { issuer, subject, audiences } = one
  if (issuer === undefined)
    return at.lacking(['trust'], unknown('malformed', FEDERATED, 'a federated credential has no issuer'))
  const known = at.issuers.get(issuerName(issuer)) ?? new Set()
  at.issuers.set(issuerName(issuer), known)
  for (const audience of audiences) known.add(audience)
  const row = { identity: owned.identity, object: owned.id, id: one.id, name: one.name, issuer, audiences }
  if (subject !== undefined) return yield federatedTrust({ ...row, subject })
  const expressions = await at.beta.expressions(owned.id)
  at.lacking(['trust'], expressions)
  if (expressions.state === 'known')
    yield federatedTrust({ ...row, expression: expressions.value.get(one.id) })
}

export const federatedCredentials: Stream = {
  kinds: KINDS,
  async *collect(stream) {
    const { session, lacking } = stream
    const { previewApis } = await connection(session)
    let refusal: Unknown | undefined
    const at: At = { ...stream, beta: new Beta(stream, previewApis), issuers: new Map() }
    const owned = await ownApplications(stream)
    if (owned.state !== 'known') return lacking(KINDS, owned)
    const lists = new Lists(session, FEDERATED, FederatedCredential)
    for (const application of owned.value) {
      const listed = await lists.of({ path: pathOf(application.id) })
      lacking(KINDS, listed)
      if (listed.state === 'unknown') refusal = listed
      if (listed.state !== 'known') continue
      for (const one of listed.value) yield* trustsOf(at, application, one)
    }
    for (const [issuer, audiences] of [...at.issuers].sort(([a], [b]) => (a < b ? -1 : 1)))
      yield trustedIssuer(
        issuer,
        refusal ?? { state: 'known', value: [...audiences].sort(), source: FEDERATED },
      )
  },
}
