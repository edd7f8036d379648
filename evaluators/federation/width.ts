// How wide a condition on one claim of an issuer is: one workload, all of an organisation, lookalikes of it, or everyone.
import { HOSTS, SPIRE, type Claim, type Field, type Issuer } from './issuers'

export type Width = {
  width: 'one' | 'repository' | 'organisation' | 'lookalikes' | 'namespace' | 'cluster' | 'everyone'
  words: string
  /** Of lookalikes: who could make one. */
  whoCouldCreate?: string
  /** Whether it goes by names, which can be given up and taken by others, and not by numbers. */
  byName: boolean
}

/** Without the scheme and the last slash; hosts have no case. */
export function bareIssuer(url: string): string {
  const [host = '', ...path] = url
    .replace(/^https?:\/\//i, '')
    .replace(/\/+$/, '')
    .split('/')
  return [host.toLowerCase(), ...path].join('/')
}

/** The issuer, where it is one that is known. */
export const issuerOf = (url: string): Issuer | undefined => {
  const bare = bareIssuer(url)
  return HOSTS.find(({ fits }) => fits.test(bare))?.issuer
}

/** What a token of the issuer tells of whose it is where nothing is asked of it. */
export function widthOfIssuer({ serves, name }: Issuer): Width {
  const width = serves
  const whom = {
    everyone: `everyone whom ${name} serves`,
    organisation: `everything that ${name} runs for the organisation`,
    cluster: `everything that ${name} vouches for`,
  }
  return { width, words: whom[serves], byName: false }
}

const WILD = /[*?]/
const SHOWN_MAX = 120
const cut = (text: string): string => (text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text)

/**
 * @param issuer undefined where it is not known: only subjects of SPIFFE then read as such
 * @param claim as the issuer names it
 * @param how whether `*` and `?` in the value stand for other text
 * @returns undefined where the issuer or the claim is not known
 */
export function widthOf(
  issuer: Issuer | undefined,
  claim: string,
  value: string,
  how: 'exact' | 'pattern',
): Width | undefined {
  const known = issuer ?? (claim === 'sub' && value.startsWith('spiffe://') ? SPIRE : undefined)
  if (!known || !Object.hasOwn(known.claims, claim)) return undefined
  const of = known.claims[claim]
  if (!of) return undefined
  if (of.chosen)
    return {
      ...widthOfIssuer(known),
      words: `${claim} says nothing about whose a token is: ${widthOfIssuer(known).words}`,
    }
  const at = how === 'pattern' ? value.search(WILD) : -1
  if (at < 0) return exactly(known, claim, of, value)
  if (known.id === 'github' && claim === 'sub' && !value.startsWith('repo:'))
    return customised(known, value, at) ?? opened(known, of, value, at)
  return opened(known, of, value, at)
}

/** One value: of one workload, or of all that share the claim. */
function exactly(issuer: Issuer, claim: string, of: Claim, value: string): Width {
  const byName = of.byName === true && !isNumbered(value)
  const shown = cut(value)
  if (of.exact && of.exact !== 'one') {
    const part = of.exact === 'repository' ? issuer.place : issuer.owner
    return { width: of.exact, words: `the whole ${part} ${shown}, any branch of it`, byName }
  }
  if (issuer.id.startsWith('github') && claim === 'sub') {
    const custom = value.startsWith('repo:') ? undefined : customised(issuer, value, value.length)
    if (custom) return custom
    if (value.endsWith(':pull_request'))
      return { width: 'repository', words: `every pull request of the repository (${shown})`, byName }
  }
  if (claim === 'job_workflow_ref')
    return { width: 'one', words: `the workflow ${shown}, for every repository that calls it`, byName }
  return { width: 'one', words: shown, byName }
}

/** GitHub puts the number behind a name: `repo:acme@12/app@34:…`. Source: GitHub changelog, immutable subject claims, 2026. */
const isNumbered = (value: string): boolean => /^repo:[^/@:]+@\d+\/[^:@]+@\d+:/.test(value)

const SCOPING = [
  'repository_owner_id',
  'repository_owner',
  'repository_id',
  'repository',
  'repo',
  'job_workflow_ref',
  'enterprise',
  'enterprise_id',
]
/**
 * A subject after a template of its own begins with any claim: everybody can have a template, so one that names no
 * repository or owner can be anybody's.
 */
function customised(issuer: Issuer, value: string, at: number): Width | undefined {
  const fixed = value.slice(0, at)
  const named = SCOPING.find((claim) => new RegExp(`(^|:)${claim}:[^:*?]+(:|$)`).test(fixed))
  if (named !== undefined) return undefined
  return {
    width: 'everyone',
    words: `a subject that names neither repository nor owner (${cut(value)}): everyone can have such subjects made`,
    byName: true,
    whoCouldCreate: `any ${issuer.owners}`,
  }
}

/** Where the first wildcard stands decides: everything behind it may be anything, dividers too. */
function opened(issuer: Issuer, { reads = [], byName = false }: Claim, value: string, at: number): Width {
  const fixed = value.slice(0, at)
  let rest = fixed
  for (const [place, part] of reads.entries()) {
    if (typeof part === 'string') {
      if (rest.length <= part.length)
        return wide(issuer, part.startsWith(rest) ? fieldAfter(reads, place) : 'owner', '', value, byName)
      if (!rest.startsWith(part)) return { ...unreadable(issuer, value), byName }
      rest = rest.slice(part.length)
      continue
    }
    const end = part.ends === '' ? -1 : rest.indexOf(part.ends)
    if (end < 0) return wide(issuer, part.field, rest, value, byName && !isNumbered(`${value}:`))
    rest = rest.slice(end + part.ends.length)
  }
  return wide(issuer, 'context', rest, value, byName)
}

/** The field that a literal text leads to. */
const fieldAfter = (reads: NonNullable<Claim['reads']>, place: number): Field => {
  const next = reads.slice(place).find((part) => typeof part !== 'string')
  return next && typeof next !== 'string' ? next.field : 'owner'
}

const unreadable = (issuer: Issuer, value: string): Width => ({
  ...widthOfIssuer(issuer),
  words: `${cut(value)}, which is in no form that ${issuer.name} gives subjects`,
})

type Wide = { issuer: Issuer; begins: string; shown: string; byName: boolean }
const BY_FIELD: Readonly<Record<Field, (of: Wide) => Width>> = {
  owner: ({ issuer, begins, shown, byName }) =>
    issuer.serves !== 'everyone'
      ? { width: 'organisation', words: `everything of the ${issuer.owner} (${shown})`, byName }
      : begins === ''
        ? { width: 'everyone', words: `every ${issuer.owner} of ${issuer.name} (${shown})`, byName }
        : {
            width: 'lookalikes',
            words: `every ${issuer.owner} whose name begins with "${begins}" (${shown})`,
            whoCouldCreate: `any ${issuer.owners} whose name begins with "${begins}"`,
            byName,
          },
  group: ({ issuer, shown, byName }) => ({
    width: 'organisation',
    words: `every project of the ${issuer.owner} that fits (${shown})`,
    byName,
  }),
  place: ({ issuer, begins, shown, byName }) => ({
    width: 'organisation',
    words:
      begins === ''
        ? `every ${issuer.place} of the ${issuer.owner} (${shown})`
        : `every ${issuer.place} of the ${issuer.owner} whose name begins with "${begins}" (${shown})`,
    byName,
    ...(begins !== '' && {
      whoCouldCreate: `whoever may make a ${issuer.place} there whose name begins with "${begins}"`,
    }),
  }),
  context: ({ issuer, begins, shown, byName }) =>
    issuer.id === 'spire'
      ? spiffe(begins, shown)
      : {
          width: 'repository',
          words:
            begins === ''
              ? `any branch, tag, environment and pull request of the ${issuer.place} (${shown})`
              : `everything of the ${issuer.place} that begins with "${begins}" (${shown})`,
          byName,
        },
  namespace: ({ begins, shown }) => sameName(begins, shown),
  account: ({ begins, shown }) =>
    begins === ''
      ? { width: 'namespace', words: `every service account of the namespace (${shown})`, byName: false }
      : {
          width: 'lookalikes',
          words: `every service account of the namespace whose name begins with "${begins}" (${shown})`,
          whoCouldCreate: 'whoever may make service accounts in the namespace',
          byName: false,
        },
  number: ({ issuer, shown }) => ({
    ...widthOfIssuer(issuer),
    words: `every number that fits (${shown}): numbers are given out in order, and strangers have them`,
  }),
  domain: ({ issuer, shown }) => ({
    ...widthOfIssuer(issuer),
    words: `every workload that ${issuer.name} names (${shown})`,
  }),
}

function sameName(begins: string, shown: string): Width {
  const name = /:([^:*?]+)$/.exec(shown)?.[1]
  if (begins !== '')
    return {
      width: 'lookalikes',
      words: `every namespace whose name begins with "${begins}" (${shown})`,
      whoCouldCreate: 'whoever may make namespaces in the cluster',
      byName: false,
    }
  return name === undefined
    ? { width: 'cluster', words: `every service account of the cluster (${shown})`, byName: false }
    : {
        width: 'cluster',
        words: `every service account named "${name}", in whatever namespace (${shown})`,
        whoCouldCreate: 'whoever may make service accounts in any namespace',
        byName: false,
      }
}

function spiffe(begins: string, shown: string): Width {
  if (begins === '')
    return { width: 'cluster', words: `every workload of the trust domain (${shown})`, byName: false }
  if (/^ns\/[^/]+\//.test(begins))
    return { width: 'namespace', words: `every workload whose id begins so (${shown})`, byName: false }
  return {
    width: 'lookalikes',
    words: `every workload whose id begins so (${shown})`,
    whoCouldCreate: 'whoever may register workloads in the trust domain',
    byName: false,
  }
}

const wide = (issuer: Issuer, field: Field, begins: string, value: string, byName: boolean): Width =>
  BY_FIELD[field]({ issuer, begins: cut(begins), shown: cut(value), byName })
