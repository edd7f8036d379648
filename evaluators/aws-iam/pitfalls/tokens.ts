// Weak spots of trust in tokens that somebody else signs.
import type { Pitfall } from '@/core/access'
import { issuerOf, widthOfIssuer, type Issuer } from '../../federation'
import { depends, yes, type Answer } from '../../three-valued'
import type { AwsAccess } from '../aws-access'
import { issuerName } from '../token-callers'
import type { TrustRow } from '../trust'
import { fitting, isChosen, isKnown, linesOf, narrowest, tokenOf, type Asked, type Line } from './claims'
import { found, letsIn, type Found } from './found'
import { audienceOf, slips } from './slips'

const PROVIDER = /^arn:aws[a-z-]*:iam::\d{12}:oidc-provider\//
const ACTION = 'sts:AssumeRoleWithWebIdentity'
const cut = (text: string): string => text.slice(0, 120)

export function tokens(access: AwsAccess, row: TrustRow, denies: readonly TrustRow[]): Found[] {
  const { principal } = row.row
  if (/:saml-provider\//.test(principal)) return []
  const gone = missingProvider(access, principal)
  if (gone) return gone
  const provider = issuerName(principal.replace(PROVIDER, ''))
  const issuer = issuerOf(provider)
  const lines = linesOf(row.statement.conditions, provider)
  if (!issuer) return ofUnknown(row, provider, lines)
  const stranger = letsIn(row, denies, { action: ACTION, context: tokenOf(issuer, provider, lines) })
  const wide = stranger.value === 'no' ? [] : ofStrangers(issuer, lines, stranger)
  const narrow = wide.length ? [] : ofWidth(row, denies, { issuer, provider, lines })
  const isWide = wide.length > 0
  const audience = isWide ? [] : audienceOf(access, principal, issuer, lines)
  return [...wide, ...narrow, ...slips(issuer, lines, isWide), ...audience]
}

/** F12: AWS takes no tokens of an issuer that the account has no provider for. */
function missingProvider(access: AwsAccess, principal: string): Found[] | undefined {
  if (!PROVIDER.test(principal)) return undefined
  const { things } = access.realm
  if (things.some(({ id }) => id === principal) || access.facts.unseen('things').length) return undefined
  const because = [
    `The account has no provider ${cut(principal.replace(PROVIDER, ''))}: nobody comes in now.`,
    'Whoever may make a provider brings the trust back to life, for whoever answers for the issuer then.',
  ]
  return found({ id: 'F12', severity: 'low', because }, yes())
}

/** Whom an issuer serves is not known where the issuer is not; subjects of SPIFFE read as such. */
function ofUnknown({ statement }: TrustRow, provider: string, lines: readonly Line[]): Found[] {
  const asked = narrowest(undefined, lines)
  if (asked && asked.width !== 'one')
    return found(
      {
        id: 'F29',
        severity: asked.width === 'cluster' ? 'high' : 'medium',
        because: [`It lets in ${asked.words}.`, ...whoCould(asked)],
      },
      yes(),
    )
  if (asked || lines.some(({ claim, negated }) => claim !== 'aud' && !negated)) return []
  return found(
    {
      id: 'F01',
      severity: 'medium',
      because: [`It asks nothing of whose a token of ${cut(provider)} is.`, statement.words],
    },
    depends('Whom that issuer serves is not known here: it may be one’s own.'),
  )
}

const whoCould = ({ whoCouldCreate }: Asked): string[] =>
  whoCouldCreate === undefined ? [] : [`One can be made by ${whoCouldCreate}.`]

const SEVERITY: Readonly<Record<Issuer['serves'], Pitfall['severity']>> = {
  everyone: 'critical',
  cluster: 'high',
  organisation: 'medium',
}
const isSpire = ({ id }: Issuer): boolean => id === 'spire'
const isCluster = ({ id }: Issuer): boolean => id === 'kubernetes'

/** A stranger comes in: why, by what the conditions are. */
function ofStrangers(issuer: Issuer, lines: readonly Line[], answer: Answer): Found[] {
  const severity = SEVERITY[issuer.serves]
  const whom = `It lets in ${widthOfIssuer(issuer).words}.`
  const scoping = lines.filter(({ claim }) => claim !== 'aud' && !isChosen(issuer, claim))
  const loose = scoping.filter(({ qualifier }) => qualifier === 'allvalues')
  const others = lines.filter(({ claim }) => claim !== 'aud' && isChosen(issuer, claim))
  const asked = narrowest(issuer, scoping)
  const told = (id: string, ...because: string[]) =>
    found({ id, severity, because: [...because, whom] }, answer)
  const first =
    loose.length > 0 && loose.length === scoping.length
      ? told(
          'F06',
          `ForAllValues is true of a token without the claim ${loose[0]?.claim}, and such tokens are made.`,
        )
      : scoping.length > 0 && scoping.every(({ negated }) => negated)
        ? told('F07', 'All it says of whose a token is is whose it must not be.')
        : isCluster(issuer)
          ? told('F11', asked ? `The subject fits ${asked.words}.` : 'It asks for no subject.')
          : issuer.serves === 'organisation'
            ? told('F04', 'It asks for no repository or project.')
            : others.length > 0 && !scoping.length
              ? told(
                  'F09',
                  `It asks for ${[...new Set(others.map(({ claim }) => claim))].join(', ')} alone, which whoever asks for a token can have.`,
                )
              : told(
                  'F01',
                  asked ? `It lets in ${asked.words}.` : 'It asks for nothing that says whose a token is.',
                )
  return issuer.serves === 'everyone' && answer.value === 'yes' && first[0]?.id === 'F01'
    ? [...first, ...made]
    : first
}

/** IAM user guide, "Identity-provider controls for shared OIDC providers". */
const made = found(
  {
    id: 'F02',
    severity: 'medium',
    because: [
      'AWS refuses to make or change such a trust today, and leaves alone those that were made before: it stays open until somebody changes it.',
    ],
  },
  yes(),
)

type Asking = { issuer: Issuer; provider: string; lines: readonly Line[] }
/** Strangers are kept out: how wide what is let in is. */
function ofWidth(row: TrustRow, denies: readonly TrustRow[], { issuer, provider, lines }: Asking): Found[] {
  const asked = narrowest(issuer, lines)
  if (!asked) return []
  const own = { [asked.claim]: fitting(asked.value) }
  const context = tokenOf(
    issuer,
    provider,
    lines.map((line) => ({ ...line })),
    {
      ...exactClaims(lines),
      ...own,
    },
  )
  const answer = letsIn(row, denies, { action: ACTION, context })
  const because = [`It lets in ${asked.words}.`, ...whoCould(asked)]
  const told = (id: string, severity: Pitfall['severity']) => found({ id, severity, because }, answer)
  return [...ofOne(issuer, asked, told), ...names(issuer, lines, asked)]
}

/** What other conditions ask for, so that only the widest one is tried. */
const exactClaims = (lines: readonly Line[]): Record<string, string> =>
  Object.fromEntries(
    lines.flatMap(({ claim, values, negated }) =>
      negated || values[0] === undefined ? [] : [[claim, fitting(values[0])]],
    ),
  )

type Telling = (id: string, severity: Pitfall['severity']) => Found[]
function ofOne(issuer: Issuer, { width, value }: Asked, told: Telling): Found[] {
  if (width === 'one') return []
  if (isSpire(issuer)) return told('F29', width === 'cluster' ? 'high' : 'medium')
  if (isCluster(issuer)) {
    // A prefix within the namespace of the system is what guides of add-ons ask for, and few may make anything there.
    const isGuarded = value.startsWith('system:serviceaccount:kube-system:')
    return told('F11', width === 'cluster' ? 'high' : isGuarded ? 'low' : 'medium')
  }
  if (width === 'lookalikes') return told('F03', issuer.serves === 'everyone' ? 'critical' : 'medium')
  if (width === 'everyone') return told('F01', 'critical')
  return told('F04', width === 'organisation' ? 'medium' : 'low')
}

/** F10: where only names tell whose a token is. */
function names(issuer: Issuer, lines: readonly Line[], asked: Asked): Found[] {
  if (issuer.serves !== 'everyone' || !asked.byName) return []
  if (asked.width === 'lookalikes' || asked.width === 'everyone') return []
  const byNumber = lines.some(
    (line) =>
      !line.negated &&
      !isChosen(issuer, line.claim) &&
      isKnown(issuer, line.claim) &&
      narrowest(issuer, [line])?.byName === false,
  )
  if (byNumber) return []
  return found(
    {
      id: 'F10',
      severity: 'low',
      because: [
        `It goes by names (${asked.claim}): whoever takes over a name that was given up or changed comes in. Claims with numbers do not change hands.`,
      ],
    },
    yes(),
  )
}
