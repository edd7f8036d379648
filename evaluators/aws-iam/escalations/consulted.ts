// What the ways of the table ask of what other principals hold: only those who have such a way rest on it.
import type { Held, Principal } from '@/core/access'
import { bounded, TOO_MUCH, type AwsAccess } from '../aws-access'
import type { Holding } from '../holding'
import { readStatements } from '../statements'
import { letsTag } from '../subject'
import type { Definition } from './definition'
import { onceUnbound } from './raised'
import { TABLE } from './table'
import { widerThanBoundary } from './wider'
import { worldOf } from './world'

/**
 * `raised`: whether anything keeps another down once it is given everything. `groups`: what members of a group come to hold.
 * `bounded`: what those with a boundary would have without it.
 */
type Consulted = 'raised' | 'groups' | 'bounded'

function consultedBy(definition: Definition): Consulted | undefined {
  switch (definition.way) {
    case 'raise-other':
    case 'rewrite-other':
      return 'raised'
    case 'join-group':
      return 'groups'
    case 'shed-boundary':
      return definition.enter === 'trust' ? 'bounded' : undefined
    default:
      return undefined
  }
}

const CONSULTING = TABLE.flatMap((definition) => {
  const of = consultedBy(definition)
  return of ? [{ of, needs: definition.needs.map((action) => action.toLowerCase()) }] : []
})

/** What of others the ways of whoever holds this ask for: a way counts where each of its actions is spoken of at all. */
export function consultedFor({ own }: Holding): Set<Consulted> {
  const speaks = (action: string) => own.of(action).allow.some(({ understood }) => understood)
  return new Set(CONSULTING.flatMap(({ of, needs }) => (needs.every(speaks) ? [of] : [])))
}

/** What others hold, as far as it is asked for: each document once, by its place in a list. */
export class OthersHeld {
  private readonly told = new Map<Consulted, object>()
  private readonly taking = new Map<Content, NonNullable<Content>>()

  constructor(private readonly access: AwsAccess) {}

  of(consulted: Consulted): object {
    const found = this.told.get(consulted) ?? this[consulted]()
    this.told.set(consulted, found)
    return found
  }

  /** Which policies and groups each has, and what of it caps or denies: beside everything, what allows adds nothing. */
  private raised(): object {
    const listed = new Documents()
    const principals = this.access.realm.principals.map(({ held, trusts }) => [
      // Tags count for less where sessions may replace them.
      letsTag(trusts),
      ...held.map((one) => {
        const taking = this.takes(one)
        const what = taking === NOTHING ? [] : [one.language, listed.placeOf(taking)]
        return [one.id, one.effect, one.via, what]
      }),
    ])
    return { of: 'raised', principals, documents: listed.all }
  }

  private groups(): object {
    const listed = new Documents()
    const groups = [...worldOf(this.access).groups.values()].map(({ name, held }) => [
      name,
      held.map((one) => [one.id, one.name, one.effect, one.via, one.language, listed.placeOf(one.document)]),
    ])
    return { of: 'groups', groups, documents: listed.all }
  }

  /** Of those with a boundary whether it keeps anything back, and how far they would come without it. */
  private bounded(): object {
    const { access } = this
    const principals = access.realm.principals.map((principal) => {
      if (!principal.held.some(({ effect }) => effect === 'limit')) return 'none'
      const subject = this.letsPrincipalsIn(principal) ? access.subject(principal.id) : undefined
      if (!subject) return 'closed'
      return bounded(() => [widerThanBoundary(subject.holding), onceUnbound(access, subject)], [TOO_MUCH])
    })
    return { of: 'bounded', principals }
  }

  /** Whoever is let in by services and tokens alone is nobody's target. */
  private letsPrincipalsIn(principal: Principal): boolean {
    return this.access
      .trustOf(principal)
      .some(
        ({ statement, row }) =>
          statement.effect !== 'Deny' &&
          (!(row.principalType === 'service' || row.principalType === 'federated') ||
            !statement.understood ||
            statement.principals?.except !== false),
      )
  }

  /** What of a document caps or denies, or could: all of it where it was not read or understood. */
  private takes({ effect, language, document }: Held): Content {
    if (effect === 'limit' || !this.access.reads(language) || !document) return document
    const found = this.taking.get(document) ?? takingOf(document)
    this.taking.set(document, found)
    return found
  }
}

type Content = Held['document']
const NOTHING: NonNullable<Content> = {}

function takingOf(document: NonNullable<Content>): NonNullable<Content> {
  const { Statement: written, ...rest } = document
  const statements: readonly unknown[] = Array.isArray(written) ? written : [written]
  const read = readStatements('', document)
  if (read.length !== statements.length) return document
  const taking = statements.filter((_, at) => read[at]?.effect !== 'Allow')
  return taking.length ? { ...rest, Statement: taking } : NOTHING
}

class Documents {
  readonly all: NonNullable<Content>[] = []
  private readonly places = new Map<Content, number>()

  /** Below nought for one that was not read. */
  placeOf(document: Content): number {
    if (!document) return -1
    const found = this.places.get(document) ?? this.all.push(document) - 1
    this.places.set(document, found)
    return found
  }
}
