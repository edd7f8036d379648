// A realm of AWS, compiled: single requests, and the same question about many targets at a time.
import type { Principal, Question, Realm } from '@/core/access'
import { TooMuch } from '../budget'
import type { Asking } from './applies'
import { arnOf } from './arn'
import { bestOf } from './best-choice'
import { actionNamed, serviceOf, tagging } from './catalogue'
import { isChosen, type Choice, type Request } from './chosen'
import type { Condition } from './conditions'
import { contextOf, type Context } from './context-keys'
import { asSeen, decide, type Decision, type ResourceSide } from './decide'
import { Holdings } from './holding'
import { judged, type Judged } from './judged'
import { askedOf, oneName } from './match'
import { RealmFacts } from './realm-facts'
import { homeOf, isRegional, REGION, regionsBy, type Regions } from './regions'
import { arnOfPrincipal, named, resourceContext, subjectOf, type Subject } from './subject'
import { Targets } from './targets'
import { trustRows, type TrustRow } from './trust'

export const LANGUAGE = 'aws-iam'
/** What a caller of the seam wants to know of one request. */
export type Ask = {
  action: string
  /** An ARN, `*`, or a pattern of ARNs. */
  resource: string
  context?: Question['context'] | undefined
}

export class AwsAccess {
  readonly facts: RealmFacts
  private readonly holdings = new Holdings()
  private readonly subjects = new Map<string, Subject>()
  private readonly known = new Map<string, Principal>()
  private readonly byArn = new Map<string, Principal>()
  private readonly trusts = new Map<Principal, TrustRow[]>()
  private readonly kinds = new Map<string, Targets>()

  constructor(readonly realm: Realm) {
    this.facts = new RealmFacts(realm)
    for (const principal of [...realm.elsewhere, ...realm.principals]) {
      const arn = arnOfPrincipal(principal)
      if (arn !== undefined) this.byArn.set(arn, principal)
    }
    for (const principal of realm.principals) this.known.set(principal.id, principal)
  }

  readonly reads = (language: string): boolean => language === LANGUAGE

  /** The principal as it asks; undefined where it is not one of this realm. By its id only. */
  subject(id: string): Subject | undefined {
    const principal = this.known.get(id)
    if (!principal) return undefined
    const found = this.subjects.get(id)
    if (found) {
      this.holdings.use(found.holding)
      return found
    }
    const holding = this.holdings.of(principal.held, this.reads)
    const { organization } = this.facts.ceilings
    const subject = subjectOf(principal, holding, { account: this.facts.account, organization })
    this.subjects.set(id, subject)
    this.holdings.use(holding)
    return subject
  }

  /** The principal of this realm, or of another that names this one, that has the ARN. */
  principalAt = (arn: string): Principal | undefined => this.byArn.get(arn)

  trustOf(principal: Principal): readonly TrustRow[] {
    const found = this.trusts.get(principal) ?? trustRows(principal)
    this.trusts.set(principal, found)
    return found
  }

  /** Principals of the realm of one kind, as targets. */
  targets(kind: 'role' | 'user'): Targets {
    const found = this.kinds.get(kind)
    if (found) return found
    const list = this.realm.principals.flatMap((principal) => {
      const arn = arnOfPrincipal(principal)
      return arn?.includes(`:${kind}/`) ? [{ id: principal.id, arn, tags: principal.tags }] : []
    })
    const targets = new Targets(kind, list)
    this.kinds.set(kind, targets)
    return targets
  }

  /** Whether some request of its can be what is asked: with values that it chooses, as far as everything was seen. */
  judge(subject: Subject, ask: Ask): Judged {
    return asSeen(this.best(subject, ask))
  }

  /** One request, of which nothing is chosen: what is not told of it is not known. */
  decision(subject: Subject, ask: Ask, door?: Door): Decision {
    return this.prepared(subject, ask, door).decide()
  }

  /** The strongest answer that any request of its can have. */
  best(subject: Subject, ask: Ask, door?: Door): Decision {
    const request = this.prepared(subject, ask, door)
    const chosen = request.chosen()
    if (!chosen.length) return request.decide()
    const decide = (given: Choice['given'], action = ask.action, by = door) =>
      this.prepared(subject, { ...ask, action, context: { ...ask.context, ...given } }, by).decide()
    return bestOf(chosen, request.about, decide, (given) =>
      tagging(ask.action).some((action) => {
        const created = { ...given, 'ec2:CreateAction': ask.action.slice(ask.action.indexOf(':') + 1) }
        return action === ask.action || decide(created, action, undefined).value === 'yes'
      }),
    )
  }

  /** The regions that conditions tell apart for requests; none where they do not, or it is known which one they are for. */
  regions(subject: Subject, asks: readonly Ask[], door?: Door): readonly Regions[] {
    const open = asks.filter((ask) => this.isRegional(subject, ask))
    const lines = open.flatMap((ask) => this.prepared(subject, ask, door).chosen().filter(isRegional))
    if (!lines.length) return []
    return regionsBy(lines, this.placeOf(subject).partition, this.facts.regions, subject.context)
  }

  /** Whether it is not known which region the request is for. */
  isRegional(subject: Subject, ask: Ask): boolean {
    return this.contextFor(subject, ask)(REGION) === undefined
  }

  /** One request, or one about a principal, whose trust has to let it in, and all that is about it. */
  private prepared(subject: Subject, ask: Ask, door?: Door): Prepared {
    const known = actionNamed(ask.action)
    // The resource of a request is `*` where the action has none: a statement about a single resource then says nothing.
    const asked = known && !known.types.length ? oneName('*') : askedOf(ask.resource)
    const context = this.contextFor(subject, ask, asked.text)
    const action = askedOf(ask.action.toLowerCase())
    const service = serviceOf(ask.action)
    const side = door ?? this.facts.resourceSide(subject, service, asked)
    const over = this.facts.over(subject, service, asked.text)
    const asking: Asking = { name: ask.action, action, resource: asked, context }
    const { partition } = this.placeOf(subject)
    return {
      decide: () => decide(subject, asking, side, over),
      about: { action: ask.action, partition, seen: this.facts.regions, context },
      chosen: () => [
        ...[...subject.holding.layers, ...over.service, ...over.resource].flatMap(
          (layer) => layer.of(action.text).chosen,
        ),
        ...side.statements.flatMap(({ conditions }) => conditions.filter(isChosen)),
      ],
    }
  }

  /**
   * Who is told the same, of all who hold the same and where no condition decides. Policies of resources can name single
   * ones: where there are any, nobody is told what another was.
   */
  alike(subject: Subject): string {
    const { partition, account } = this.placeOf(subject)
    const own = this.facts.hasPolicies ? subject.principal.id : ''
    return `${subject.kind} ${subject.serviceLinked} ${subject.account} ${partition} ${account} ${own}`
  }

  /** Where a subject is: the parts that ARNs of its account have. */
  placeOf({ arn, account }: Subject): { partition: string; account: string } {
    return {
      partition: arnOf(arn ?? '')?.partition ?? 'aws',
      account: account ?? this.facts.account ?? '*',
    }
  }

  /** What is known of a request: what the question tells, the resource, and who asks. */
  contextFor(subject: Subject, { action, resource, context }: Ask, text = resource): Context {
    const { account, ceilings } = this.facts
    const target = this.byArn.get(text)
    const base = resourceContext(
      text,
      regionOf(action, resource, this.placeOf(subject).partition),
      { account, organization: ceilings.organization },
      target?.tags,
      subject.context,
    )
    return context ? contextOf(context, base) : base
  }
}

/** The region a request has to be made in: the one of the resource, or the only one in which the service answers. */
function regionOf(action: string, resource: string, partition: string): string | undefined {
  // Which region counts while a service is told of a role is not documented.
  if (action.toLowerCase() === 'iam:passrole') return undefined
  return named(arnOf(resource)?.region) ?? homeOf(serviceOf(action), partition)
}

/** What lets somebody into a principal. */
export type Door = ResourceSide
type Prepared = {
  decide: () => Decision
  about: Request
  /** Conditions on what is chosen, of every statement that is about the action. */
  chosen: () => readonly Condition[]
}

export const TOO_MUCH = judged({
  value: 'depends',
  because: ['What it holds is too large or too tangled to be judged.'],
})

/** Whatever is too tangled to be judged within the bound is depends, never a wait. */
export function bounded<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error
    return otherwise
  }
}
