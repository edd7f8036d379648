// Who can become somebody by being let in: tokens of the cluster itself; all else is decided outside, or is a step.
import type { AccessAnswer, Caller } from '@/core/access'
import type { Cluster } from './cluster'

const no = (because: string): AccessAnswer => ({ answer: 'no', because: [because] })
const depends = (because: string, missing: string): AccessAnswer => ({
  answer: 'depends',
  because: [because],
  missing: [missing],
})
const OUTSIDE = 'Which certificates and token issuers the API server trusts, and for whom, is not collected.'

export function admits(cluster: Cluster, id: string, caller: Caller): AccessAnswer {
  const subject = cluster.subjects.get(id)
  const principal = cluster.principals.get(id) ?? cluster.realm.elsewhere.find((one) => one.id === id)
  if (!principal) return depends('Who is asked about is not known here.', `${id} was not collected.`)
  if (!subject)
    return depends(
      `${principal.name} is nobody whom the API server knows.`,
      'What lets it in is not judged here.',
    )
  if (principal.trusts.length)
    return depends('It has statements about who can become it.', 'Such statements are not judged here.')
  if (caller.kind === 'principal' && caller.id === id) return { answer: 'yes', because: ['It is the same.'] }
  if (subject.name === 'system:anonymous' || subject.name === 'system:unauthenticated')
    return depends(
      'Whoever does not sign in is this.',
      'Whether the API server answers to that is a setting of it that is not told.',
    )
  if (subject.kind === 'user' || subject.kind === 'group')
    return depends('The cluster knows it by name only.', OUTSIDE)
  if (caller.kind === 'token') return byToken(cluster, subject.name, caller)
  return no(
    'Nothing lets another in as this: having a token issued, or running as it, is a step and needs rights.',
  )
}

/** A token of the cluster names the service account as its subject. */
function byToken(
  { realm }: Cluster,
  name: string,
  { issuer, claims }: Caller & { kind: 'token' },
): AccessAnswer {
  const subject = Object.hasOwn(claims, 'sub') ? claims['sub'] : undefined
  if (subject === undefined)
    return depends('A token of the cluster names its bearer (sub).', 'The claim sub was not given.')
  const subjects = typeof subject === 'string' ? [subject] : subject
  const bare = (text: string): string => text.replace(/^https:\/\//, '').replace(/\/$/, '')
  const own = realm.things.filter(({ type }) => type === 'kubernetes.token-issuer')
  const isOwn = own.some(({ name: one, id }) => bare(one) === bare(issuer) || bare(id) === bare(issuer))
  if (!isOwn) return depends(`${issuer} is not known to be the issuer of this cluster.`, OUTSIDE)
  if (!subjects.includes(name))
    return no(`The token is for ${subjects.join(', ') || 'nobody'}, not for ${name}.`)
  return depends(
    `The cluster issued the token for ${name}.`,
    'Its audience has to be one that the API server accepts, which is not collected.',
  )
}
