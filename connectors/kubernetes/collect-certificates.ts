// Certificates: those the cluster signed lately, and those cert-manager keeps together with who signs them.
import type { Stream, StreamAt } from '@/core/connector'
import { known, type Fact } from '@/core/fact'
import type { Kind } from '@/core/observation'
import { accountMap } from './collect-access'
import { gather, tryList } from './list'
import { certIssuer, clientCertificate, keptCertificate, type Named } from './map-certificate'
import { nodeSubject } from './map-service-account'
import { CERT_MANAGER, LIST } from './permissions'
import { placeOf, servedVersion } from './place'
import { Node, ServiceAccount, SigningRequest } from './shapes'
import { Certificate, CertIssuer } from './shapes-extensions'

const SIGNED = ['credential'] as const satisfies readonly Kind[]
const FORGOTTEN =
  'Kubernetes deletes signing requests within hours, while their certificates stay valid: one that is no longer listed may still be in use.'

export const signingRequests: Stream = {
  kinds: SIGNED,
  neverWhole: FORGOTTEN,
  async *collect(at) {
    const { params } = placeOf(at.scope)
    const named = await namesOf(at)
    const listing = { permission: LIST.signingRequests, params, item: SigningRequest, kinds: SIGNED }
    const listed = await tryList(at, listing)
    if (listed.state !== 'known') return at.lacking(SIGNED, listed)
    const seen = new Set<string>()
    for await (const request of listed.value) {
      const certificate = await clientCertificate(request, named)
      if (!certificate || seen.has(certificate.nativeId)) continue
      seen.add(certificate.nativeId)
      yield certificate
    }
  },
}

async function namesOf(at: StreamAt): Promise<Fact<Named>> {
  const { params } = placeOf(at.scope)
  const nodes = await gather(at, { permission: LIST.nodes, params, item: Node, kinds: SIGNED })
  if (nodes.state !== 'known') return nodes
  const accounts = await gather(at, {
    permission: LIST.serviceAccounts,
    params,
    item: ServiceAccount,
    kinds: SIGNED,
  })
  if (accounts.state !== 'known') return accounts
  const names = new Map(nodes.value.map(({ metadata }) => [nodeSubject(metadata.name), metadata.uid]))
  return known(new Map([...names, ...accountMap(accounts.value)]), nodes.source)
}

const KEPT = ['credential', 'issuer'] as const satisfies readonly Kind[]
export const keptCertificates: Stream = {
  kinds: KEPT,
  async *collect(at) {
    const place = placeOf(at.scope)
    const version = await servedVersion(at, CERT_MANAGER, ['v1'])
    at.lacking(KEPT, version)
    if (version.state !== 'known') return
    const params = { ...place.params, version: version.value }
    const kept = await tryList(at, {
      permission: LIST.certificates,
      params,
      item: Certificate,
      kinds: ['credential'],
    })
    at.lacking(['credential'], kept)
    if (kept.state === 'known') for await (const one of kept.value) yield keptCertificate(one, place.uid)
    for (const permission of [LIST.issuers, LIST.clusterIssuers]) {
      const issuers = await tryList(at, { permission, params, item: CertIssuer, kinds: ['issuer'] })
      at.lacking(['issuer'], issuers)
      if (issuers.state === 'known') for await (const one of issuers.value) yield certIssuer(one, place.uid)
    }
  },
}
