// Who gets a SPIFFE ID: judged by what an entry asks for and the names that a caller has. The node it runs on is never told.
import type { AccessAnswer, Caller, Principal } from '@/core/access'
import type { Domain, Entry } from './domain'

const depends = (because: string, ...missing: string[]): AccessAnswer => ({
  answer: 'depends',
  because: [because],
  ...(missing.length && { missing }),
})
const no = (because: string): AccessAnswer => ({ answer: 'no', because: [because] })

export function admits(domain: Domain, id: string, caller: Caller): AccessAnswer {
  const principal = domain.principals.get(id) ?? domain.realm.elsewhere.find((one) => one.id === id)
  if (!principal)
    return depends('Who is asked about is not known here.', `${id.slice(0, 120)} was not collected.`)
  if (!domain.principals.has(id)) return depends('It is of another source.', 'Its trust is not judged here.')
  if (caller.kind === 'principal' && caller.id === id) return { answer: 'yes', because: ['It is the same.'] }
  if (principal.type === 'spire.federated-domain')
    return depends('The other trust domain decides whom it vouches for.', 'It was not collected.')
  if (domain.isAgent(id) || domain.isAlias(id))
    return depends(
      'The server lets in nodes by the attestors it is configured with.',
      'The configuration of the server is not read.',
    )
  return ofWorkload(domain, principal, caller)
}

function ofWorkload(domain: Domain, { id }: Principal, caller: Caller): AccessAnswer {
  const unseen = [
    ...domain.unseen('trusts'),
    ...(domain.unread.has(id) ? ['An entry of it is in no form that is known.'] : []),
  ]
  const otherwise = (answer: AccessAnswer): AccessAnswer =>
    answer.answer === 'no' && unseen.length ? { ...answer, answer: 'depends', missing: unseen } : answer
  if (caller.kind === 'token') return otherwise(no('An agent goes by what a workload is, not by a token.'))
  if (caller.kind === 'service')
    return otherwise(no('An agent goes by what a workload is: no service is let in.'))
  const answers = domain.entriesOf(id).map((entry) => byEntry(entry, caller))
  return (
    answers.find(({ answer }) => answer === 'depends') ?? otherwise(answers[0] ?? no('No entry gives it.'))
  )
}

/** `<cluster>|<namespace>/<name>`, as service accounts of clusters are named. */
const ACCOUNT = /\|([a-z0-9-]+)\/([a-z0-9.-]+)$/

function byEntry({ selectors }: Entry, { aliases }: Caller & { kind: 'principal' }): AccessAnswer {
  const all = [...selectors]
  const valueOf = (kind: string) => all.find((one) => one.startsWith(kind))?.slice(kind.length)
  const [namespace, name] = [valueOf('k8s:ns:'), valueOf('k8s:sa:')]
  const accounts = aliases.flatMap((alias) => {
    const [, place = '', own = ''] = ACCOUNT.exec(alias) ?? []
    return place === '' ? [] : [{ place, own }]
  })
  if (!accounts.length || !all.some((one) => one.startsWith('k8s:')))
    return depends(
      `Its entry asks for ${all.slice(0, 5).join(', ')}.`,
      'Whether the caller fits that is not told.',
    )
  const fits = accounts.some(
    ({ place, own }) =>
      (namespace === undefined || place === namespace) && (name === undefined || own === name),
  )
  if (!fits) return no(`Its entry is for ${all.slice(0, 5).join(', ')}.`)
  const further = all.filter((one) => !/^k8s:(ns|sa):/.test(one))
  return depends(
    `Pods of it fit the namespace and service account that its entry asks for (${all.slice(0, 5).join(', ')}).`,
    'Which cluster the entry is for is not told by its selectors.',
    ...(further.length ? [`Whether a pod of it has ${further.slice(0, 5).join(', ')} is not judged.`] : []),
  )
}
