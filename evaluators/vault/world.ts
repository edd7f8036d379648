// One namespace of a server, read once: its principals, the roles and entities among them, and what each holds.
import type { Held, Principal, Realm, TrustStatement } from '@/core/access'
import { Budget } from '../budget'
import { Access } from './can'
import type { Server } from './match'
import { rulesOf, patternOf, type Rule } from './rules'
import { filled, type Bearer } from './templates'
import { aliasesOf, groupsOf } from './entities'
import { unseenGrants } from './unseen'

export const LANGUAGE = 'vault'
/** Steps of work for one answer: far below a second. */
export const STEPS_MAX = 2_000_000

const SERVERS: Readonly<Record<string, Server>> = {
  'vault.cluster': 'vault',
  'vault.openbao-cluster': 'openbao',
}

type Document = {
  key: number
  name: string
  label: string
  rules: readonly Rule[] | undefined
  mystery: string
  /** What is worth telling of it beside its rules. */
  note?: string
}
/** What principals hold that hold the same, ready to be asked. */
export type Holding = { access: Access; key: string; notes: readonly string[] }

export class World {
  readonly principals = new Map<string, Principal>()
  /** Ids of those that are judged here; others are only named by trust. */
  readonly own: ReadonlySet<string>
  /** By the path at which it is kept: `auth/approle/role/ci`. */
  readonly roles = new Map<string, Principal>()
  readonly entities: Principal[] = []
  /** Paths of login methods and engines, by the accessor that stands at the beginning of ids. */
  readonly mounts = new Map<string, string>()
  private readonly documents = new Map<string, Document[]>()
  private readonly texts = new WeakMap<object, string>()
  private readonly holdings = new Map<string, Holding>()
  private readonly rolesByMount = new Map<string, Principal[]>()
  private readonly entitiesByRole = new Map<string, Principal[]>()
  private readonly policiesWhole: boolean
  readonly server: Server | undefined
  private count = 0

  constructor(readonly realm: Realm) {
    this.own = new Set(realm.principals.map(({ id }) => id))
    this.server = SERVERS[realm.type]
    this.policiesWhole = !realm.unseen.some(({ part }) => part === 'rulings')
    const principals = realm.principals.map(understood)
    for (const principal of [...realm.elsewhere.map(understood), ...principals])
      this.principals.set(principal.id, principal)
    for (const { id, kind, name } of realm.things) {
      const method = /^auth\/(.+) \(\S+\)$/.exec(name)?.[1]
      if (kind === 'issuer' && method !== undefined) this.mounts.set(id, method)
    }
    for (const principal of principals) this.sort(principal)
    for (const entity of this.entities)
      for (const role of this.rolesBehind(entity)) {
        const same = this.entitiesByRole.get(role.id)
        if (!same) this.entitiesByRole.set(role.id, [entity])
        else if (!same.includes(entity)) same.push(entity)
      }
  }

  private sort(principal: Principal): void {
    if (principal.type === 'vault.entity') this.entities.push(principal)
    for (const alias of principal.aliases) {
      if (!alias.startsWith('auth/')) continue
      this.roles.set(alias, principal)
      const tail = /^([^/]+)\/(.+)$/s.exec(principal.id)
      const [, accessor = '', rest = ''] = tail ?? []
      if (!tail || !alias.endsWith(`/${rest}`)) continue
      const mount = alias.slice('auth/'.length, -rest.length - 1)
      this.mounts.set(accessor, mount)
      const same = this.rolesByMount.get(mount)
      if (same) same.push(principal)
      else this.rolesByMount.set(mount, [principal])
    }
  }

  /** Roles of which it is told that their sign-ins are this entity: an AppRole in the metadata of the alias, a user by name. */
  private rolesBehind(entity: Principal): Principal[] {
    return aliasesOf(entity, this.mounts).flatMap(({ mount, name, metadata }) => {
      if (mount === undefined) return []
      const user = this.roles.get(`auth/${mount}/users/${name}`)
      const appRole = this.roles.get(`auth/${mount}/role/${metadata['role_name'] ?? ''}`)
      return [
        ...(user?.type === 'vault.userpass-user' ? [user] : []),
        ...(appRole?.type === 'vault.approle-role' ? [appRole] : []),
      ]
    })
  }

  /** The entities that sign-ins through a role are known to be. */
  entitiesOf(principal: Principal): readonly Principal[] {
    if (principal.type === 'vault.entity') return [principal]
    return this.entitiesByRole.get(principal.id) ?? []
  }

  /** Roles of the login method at a path. */
  rolesAt(mount: string): readonly Principal[] {
    return this.rolesByMount.get(mount) ?? []
  }

  /** What of its grants was not seen whole, in words. */
  grantsUnseen(principal: Principal): string[] {
    return unseenGrants(this.realm, principal)
  }

  /** @param now milliseconds, where the time of the request is known */
  holdingOf(principal: Principal, now?: number): Holding {
    const documents = principal.held.map((held) => this.documentOf(held, principal))
    const keys = [...new Set(documents.map(({ key }) => key))].sort((a, b) => a - b).join()
    const isFilled = documents.some(({ rules }) => rules?.some(({ unsure }) => unsure === 'template'))
    const key = isFilled ? `${keys} ${principal.id}` : keys
    if (now === undefined) {
      const found = this.holdings.get(key)
      if (found) return found
    }
    const made = this.make(documents, principal, key, now)
    if (now === undefined) this.holdings.set(key, made)
    return made
  }

  private make(documents: readonly Document[], principal: Principal, key: string, now?: number): Holding {
    const mysteries = new Set(documents.flatMap(({ mystery }) => (mystery ? [mystery] : [])))
    const rules: Rule[] = []
    let root = false
    let bearer: Bearer | undefined | 'unmade' = 'unmade'
    const seen = new Set<Document>()
    for (const document of documents) {
      if (seen.has(document)) continue
      seen.add(document)
      for (const rule of document.rules ?? []) {
        if (rule.capabilities.has('root')) root = true
        else if (rule.unsure === 'template') {
          if (bearer === 'unmade') bearer = this.bearerOf(principal)
          const known =
            bearer === undefined && principal.type !== 'vault.token'
              ? 'unsure'
              : filled(rule.path, bearer, this.server === 'vault')
          if (known === 'odd')
            mysteries.add(
              `${rule.path} of the policy ${document.label} stands for a name with special characters, and servers differ about these: OpenBao refuses all policies of the token.`,
            )
          else if (known === 'unsure') rules.push(rule)
          else if (known !== 'gone') rules.push(...inPlace(rule, known.path))
        } else {
          rules.push(...inTime(rule, now))
        }
      }
    }
    const names = [...new Set(documents.map(({ name }) => name))]
    const access = new Access({ rules, names, root, mysteries: [...mysteries] }, new Budget(STEPS_MAX))
    return { access, key, notes: documents.flatMap(({ note }) => note ?? []) }
  }

  private bearerOf(principal: Principal): Bearer | undefined {
    const [entity, ...others] = this.entitiesOf(principal)
    if (!entity || others.length) return undefined
    const unseen = this.realm.unseen.some(({ part }) => part === 'trusts')
    return {
      id: entity.id,
      name: entity.name,
      metadata: entity.tags,
      aliases: aliasesOf(entity, this.mounts),
      moreAliases: unseen,
      groups: groupsOf(entity),
    }
  }

  private documentOf(given: Held, principal: Principal): Document {
    const { document } = given
    const held = document === undefined || isObject(document) ? given : { ...given, document: {} }
    const group = held.via.startsWith('group ') ? ` (by the ${held.via})` : ''
    const text = `${held.effect} ${held.language} ${group} ${this.textOf(held.document)}`
    const same = this.documents.get(`${held.id} ${text.length}`) ?? []
    const found = same.find((one) => one.label === held.name + group && this.matches(one, text))
    if (found) return found
    const made = {
      key: this.count++,
      name: held.name,
      label: held.name.slice(0, 120) + group,
      ...this.read(held, group, principal),
    }
    this.kept.set(made, text)
    this.documents.set(`${held.id} ${text.length}`, [...same, made])
    return made
  }
  private readonly kept = new WeakMap<Document, string>()
  private readonly matches = (one: Document, text: string): boolean => this.kept.get(one) === text

  private textOf(document: Held['document']): string {
    if (!document) return ''
    const found = this.texts.get(document) ?? JSON.stringify(document)
    this.texts.set(document, found)
    return found
  }

  private read(held: Held, group: string, { type }: Principal): Pick<Document, 'rules' | 'mystery' | 'note'> {
    const { name, language, effect, document } = held
    const label = name.slice(0, 120) + group
    // A grant of a policy that is not among the policies, all of which were read: there is none, and it gives nothing.
    const isOpen = type === 'vault.token-role' && name.startsWith('any ')
    if (!document && language === '' && this.policiesWhole && !isOpen && effect === 'allow')
      return {
        rules: [],
        mystery: '',
        note: `There is no policy ${label}: it gives nothing until somebody writes it.`,
      }
    if (isOpen && !document)
      return { rules: undefined, mystery: `Its policies are chosen when a token is made: ${name}.` }
    const rules =
      document && language === LANGUAGE && effect === 'allow' ? rulesOf(label, document) : undefined
    const mystery = rules ? '' : `The policy ${label} could not be read${document ? ' as a policy' : ''}.`
    return { rules, mystery }
  }
}

/** Trust under conditions in no form that is known lets in nobody for sure, and keeps nobody out. */
const understood = (principal: Principal): Principal =>
  principal.trusts.every(isUnderstood)
    ? principal
    : {
        ...principal,
        trusts: principal.trusts.map((trust) => {
          const { conditions: _, ...rest } = trust
          return isUnderstood(trust) ? trust : { ...rest, principalType: 'unresolvable' }
        }),
      }
const isUnderstood = ({ conditions }: TrustStatement): boolean =>
  conditions === undefined || isObject(conditions)
const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A rule with its templates filled in; one that the server would not take makes nothing of it. */
const inPlace = ({ unsure: _, ...rule }: Rule, path: string): Rule[] => [{ ...rule, ...patternOf(path) }]

/** A rule that ends, where it is known whether it has. */
function inTime(rule: Rule, now: number | undefined): Rule[] {
  if (rule.unsure !== 'expiration' || now === undefined || rule.until === undefined) return [rule]
  const end = Date.parse(rule.until)
  if (!Number.isFinite(end)) return [rule]
  const { unsure: _, ...sure } = rule
  return now < end ? [sure] : []
}
