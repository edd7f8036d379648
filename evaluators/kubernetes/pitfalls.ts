// Weak spots of names that are given to pods: F26 (a ClusterSPIFFEID for too many), F27 (one that decides about all names).
// Fields: github.com/spiffe/spire-controller-manager, docs/clusterspiffeid-crd.md.
import type { Pitfall, Realm } from '@/core/access'

const TYPE = 'kubernetes.spiffe-id'
type Document = Readonly<Record<string, unknown>>
type Found = Pick<Pitfall, 'severity'> & { words: string }

export function pitfallsOf({ rulings }: Pick<Realm, 'rulings'>, id: string): Pitfall[] {
  const rule = rulings.find((one) => one.type === TYPE && one.id === id)
  if (!rule) return []
  const width = rule.document && widthOf(rule.document)
  if (width === 'strange' || !rule.document)
    return [told(id, 'F26', 'depends', { severity: 'low', words: STRANGE })]
  const further = rule.document['workloadSelectorTemplates'] !== undefined
  return [
    ...(width ? [told(id, 'F26', further ? 'depends' : 'yes', withFurther(width, further))] : []),
    ...ofRights(id, rule.document, width),
  ]
}

const STRANGE = 'It is in no form that is known: how many pods get the same SPIFFE ID is not told.'
const told = (trust: string, id: string, answer: Pitfall['answer'], { severity, words }: Found): Pitfall => ({
  id,
  trust,
  answer,
  severity,
  because: [words],
})
const withFurther = (width: Found, further: boolean): Found =>
  further
    ? { ...width, words: `${width.words} Its entries ask for further selectors, which are not compared.` }
    : width

/** What a template fills in: of the pod where it is, whom it runs as, and what whoever makes it writes on it. */
const NAMESPACE = /\.PodMeta\.Namespace\b/
const ACCOUNT = /\.PodSpec\.ServiceAccountName\b/
const ONE_POD = /\.PodMeta\.UID\b/
const POD_NAME = /\.PodMeta\.Name\b/
const WRITTEN = /\.PodMeta\.(Labels|Annotations)\b/

/** `strange`: in no form that is known; undefined: the name tells apart whom the cluster tells apart. */
function widthOf(document: Document): Found | 'strange' | undefined {
  const { spiffeIDTemplate: template, podSelector: pods, namespaceSelector: namespaces } = document
  if (typeof template !== 'string' || typeof pods !== 'string' || typeof namespaces !== 'string')
    return 'strange'
  const isPlaced = NAMESPACE.test(template)
  const which = `${pods === '' ? 'every pod' : `pods with ${pods.slice(0, 200)}`}${document['fallback'] === true ? ' that no other ClusterSPIFFEID picks' : ''}`
  const where = namespaces === '' ? 'of every namespace' : `of namespaces with ${namespaces.slice(0, 200)}`
  const name = template.slice(0, 200)
  if (WRITTEN.test(template))
    return {
      severity: isPlaced ? 'low' : namespaces === '' ? 'high' : 'medium',
      words: `The SPIFFE ID (${name}) holds a label or annotation of the pod: whoever makes a pod that is picked (${which} ${where}) chooses it.`,
    }
  if (isPlaced || ONE_POD.test(template)) return undefined
  const own = ACCOUNT.test(template) ? 'service accounts' : POD_NAME.test(template) ? 'pods' : undefined
  if (own !== undefined)
    return namespaces === ''
      ? {
          severity: 'medium',
          words: `The SPIFFE ID (${name}) leaves out the namespace: ${own} of one name get the same in every namespace.`,
        }
      : undefined
  if (namespaces !== '')
    return pods === ''
      ? { severity: 'low', words: `It gives one SPIFFE ID (${name}) to ${which} ${where}.` }
      : undefined
  return {
    severity: pods === '' ? 'high' : 'medium',
    words:
      pods === ''
        ? `It gives one SPIFFE ID (${name}) to ${which} ${where}, whatever that runs as.`
        : `It gives one SPIFFE ID (${name}) to ${which} ${where}: whoever may make a pod anywhere can write these labels on it.`,
  }
}

const RIGHTS: Readonly<Record<string, string>> = {
  admin:
    'Its entries are of administrators of the SPIRE server: whoever gets one can register any SPIFFE ID.',
  downstream:
    'Its entries are of downstream servers: whoever gets one signs for any SPIFFE ID of the trust domain.',
}
const ofRights = (id: string, document: Document, width: Found | undefined): Pitfall[] =>
  Object.entries(RIGHTS).flatMap(([right, words]) =>
    document[right] === true
      ? [told(id, 'F27', 'yes', { severity: width && width.severity !== 'low' ? 'critical' : 'high', words })]
      : [],
  )
