// Client certificates that the cluster signed, and certificates that cert-manager keeps.

import { absent, answer, known, unknown, type Fact } from '@/core/fact'
import type { Link } from '@/core/join'
import type { Of } from '@/core/observation'
import { userId } from './map-bindings'
import { accountLink, CERT_ISSUER, clusterAuthority, secretLink } from './map-joins'
import { createdAt } from './map-service-account'
import { parseCertificate } from './parse-certificate'
import { LIST } from './permissions'
import type { SigningRequest } from './shapes'
import type { Certificate, CertIssuer } from './shapes-extensions'

const NO_USE = 'the cluster does not record when it is used'
const NAME_CHARS_MAX = 300
const FIXED = 'a certificate never changes'

const partOf = (subject: string, part: string): string | undefined =>
  subject
    .split('\n')
    .find((line) => line.startsWith(`${part}=`))
    ?.slice(part.length + 1)

/** Ids of identities of the cluster by the name certificates have for them. */
export type Named = ReadonlyMap<string, string>

/** @param named unknown where the names that certificates bear could not be looked up */
export async function clientCertificate(
  request: SigningRequest,
  named: Fact<Named>,
): Promise<Of<'credential'> | undefined> {
  const pem = Buffer.from(request.status?.certificate ?? '', 'base64').toString('latin1')
  const certificate = await parseCertificate(pem)
  if (!certificate) return undefined
  const source = LIST.signingRequests
  const name = partOf(certificate.subject, 'CN')
  const notTold = unknown('not-offered', source, NO_USE)
  return {
    kind: 'credential',
    nativeId: `certificate/${certificate.fingerprint256.replaceAll(':', '').toLowerCase()}`,
    identity: holder(name, named),
    type: 'kubernetes.client-certificate',
    form: 'certificate',
    name: `${(name ?? request.metadata.name).slice(0, NAME_CHARS_MAX)}, signed by ${request.spec.signerName}`,
    createdAt: known(new Date(certificate.validFrom).toISOString(), source),
    rotatedAt: absent(source, FIXED),
    expiresAt: known(new Date(certificate.validTo).toISOString(), source),
    lastUsedAt: notTold,
    lastUsedWhere: notTold,
    // The cluster has no way to call one back.
    enabled: known(true, source),
  }
}

/** Whom the cluster takes the bearer for: the common name, which for nodes and service accounts is an object of it. */
function holder(name: string | undefined, named: Fact<Named>): Fact<string> {
  if (name === undefined) return absent(LIST.signingRequests, 'the certificate names nobody')
  if (!/^system:(node|serviceaccount):/.test(name)) return known(userId(name), LIST.signingRequests)
  return named.state === 'known' ? known(named.value.get(name) ?? name, named.source) : named
}

const issuerValue = (uid: string, kind: string, namespace: string, name: string): string =>
  kind === 'ClusterIssuer' ? `${uid}|${kind}/${name}` : `${uid}|${kind}/${namespace}/${name}`

export function keptCertificate(one: Certificate, uid: string): Of<'credential'> {
  const { metadata, spec, status } = one
  const { namespace, name } = metadata
  const source = LIST.certificates
  const kind = spec.issuerRef.kind || 'Issuer'
  const notTold = unknown('not-offered', source, NO_USE)
  const issued = status?.notBefore
  const signedBy: Link = {
    relation: 'declared',
    means: 'relied-on',
    kind: 'issuer',
    to: CERT_ISSUER,
    match: 'exact',
    value: issuerValue(uid, kind, namespace, spec.issuerRef.name),
    authority: clusterAuthority(uid),
    reason: 'Its issuerRef names who signs it.',
  }
  const kept = { uid, namespace, name: spec.secretName, reason: 'Its private key is kept in this Secret.' }
  return {
    kind: 'credential',
    nativeId: metadata.uid,
    identity: absent(source, 'it is made for names, not for an identity of the cluster'),
    links: [signedBy, secretLink(kept)],
    type: 'kubernetes.certificate',
    form: 'certificate',
    name: `${namespace}/${name}`,
    createdAt: createdAt(metadata, source),
    // Made anew at each renewal, the first time as revision 1.
    rotatedAt: (status?.revision ?? 1) > 1 ? answer(issued, source) : absent(source, 'it was issued once'),
    expiresAt: answer(status?.notAfter, source, 'it was not issued yet'),
    lastUsedAt: notTold,
    lastUsedWhere: notTold,
    enabled: known(issued != null, source),
  }
}

/** Where cert-manager looks for what an issuer of the whole cluster names, unless it was told otherwise. */
const CLUSTER_RESOURCES = 'cert-manager'
export function certIssuer({ metadata, spec }: CertIssuer, uid: string): Of<'issuer'> {
  const { namespace } = metadata
  const kind = namespace ? 'Issuer' : 'ClusterIssuer'
  const source = namespace ? LIST.issuers : LIST.clusterIssuers
  const place = namespace ?? CLUSTER_RESOURCES
  const account = spec?.vault?.auth?.kubernetes?.serviceAccountRef
  const token = spec?.vault?.auth?.tokenSecretRef
  const assumed = namespace
    ? ''
    : ` It is looked for in ${CLUSTER_RESOURCES}, where cert-manager usually runs.`
  const links = [
    ...(account
      ? [
          accountLink(
            {
              uid,
              namespace: place,
              name: account.name,
              reason: `It signs in as this service account.${assumed}`,
            },
            'relied-on',
          ),
        ]
      : []),
    ...(token
      ? [
          secretLink({
            uid,
            namespace: place,
            name: token.name,
            reason: `Its token is kept in this Secret.${assumed}`,
          }),
        ]
      : []),
  ]
  return {
    kind: 'issuer',
    nativeId: metadata.uid,
    aliases: [],
    keys: [{ type: CERT_ISSUER, value: issuerValue(uid, kind, namespace ?? '', metadata.name) }],
    ...(links.length && { links }),
    type: namespace ? 'kubernetes.cert-issuer' : 'kubernetes.cluster-cert-issuer',
    name: namespace ? `${namespace}/${metadata.name}` : metadata.name,
    audiences: absent(source, 'certificates are not limited to audiences'),
    createdAt: createdAt(metadata, source),
    expiresAt: absent(source, 'it has no end date'),
  }
}
