// Ways over services: roles that are handed to one, and what runs with a role already.
import type { Step } from '@/core/access'
import { no, yes } from '../../three-valued'
import { allOf, anyOf, judged, unless, type Judged } from '../judged'
import { on } from '../many'
import type { Subject } from '../subject'
import { mayAll } from './asks'
import type { Definition } from './definition'
import { opened, stepTo } from './step'
import { isProtected, type Trusting, type World } from './world'

type As<W extends Definition['way']> = Extract<Definition, { way: W }>

/** One step for each role that the subject may hand to the service, and that the service may assume. */
export function* passed(world: World, subject: Subject, definition: As<'pass'>): Generator<Step> {
  const { services, then, open } = definition
  let helpers: Judged | undefined
  for (const service of services) {
    const trusting = world.trusting(service)
    if (!trusting) continue
    helpers ??= allOf([mayAll(world.access, subject, then), onExisting(world, subject, definition)])
    if (helpers.value === 'no') return
    const pass = [{ action: 'iam:PassRole', context: { 'iam:PassedToService': service } }]
    for (const { targets, answer } of on(world.access, subject, pass, trusting.targets)) {
      const both = opened(allOf([answer, helpers]), open)
      for (const { id, arn } of targets) {
        const whole = definition.throughProfile ? throughProfile(world, subject, { id, arn }, both) : both
        if (whole)
          yield stepTo(
            { kind: 'principal', id },
            definition,
            trusted(trusting, id, whole),
            trusting.words(id),
          )
      }
    }
  }
}

const NOTHING_RUNS = judged(no('Nothing that is there lets it.'))
/** Whether there is one of what runs on which all that is needed is allowed. */
function onExisting(world: World, subject: Subject, { onto }: As<'pass'>): Judged {
  if (!onto) return judged(yes())
  const { access } = world
  const running = world.running(onto.runs.type)
  const found = on(access, subject, onto.may, running).map(({ answer }) => answer)
  const unseen = access.facts.unseen('runners')
  if (found.some(({ value }) => value === 'yes') || (running.list.length && !unseen.length))
    return found.length ? anyOf(found) : NOTHING_RUNS
  const missing = running.list.length ? unseen : [`Which ${onto.runs.plural} there are is not collected`]
  return unless(mayAll(access, subject, onto.may), missing)
}

const trusted = ({ open }: Trusting, id: string, answer: Judged): Judged => {
  const trust = open.get(id)
  return trust ? allOf([judged(trust), answer]) : answer
}

const NO_PROFILES = 'Which instance profiles there are was not seen'
const MAKE = [
  { action: 'iam:CreateInstanceProfile', at: 'instanceProfile' },
  { action: 'iam:AddRoleToInstanceProfile', at: 'instanceProfile' },
] as const

/** Instances get roles by instance profiles: one that is there, or one that the subject makes. */
function throughProfile(
  world: World,
  subject: Subject,
  { id }: { id: string; arn: string },
  answer: Judged,
): Judged | undefined {
  const { inProfiles, access } = world
  if (inProfiles?.has(id)) return answer
  const made = mayAll(access, subject, MAKE)
  if (made.value === 'yes') return allOf([answer, made])
  const unseen = access.facts.unseen('runners')
  if (made.value === 'depends') return allOf([answer, made])
  if (inProfiles && !unseen.length) return undefined
  return unless(answer, unseen.length ? unseen : [NO_PROFILES])
}

/** Steps to what runs where that is collected; otherwise to more rights, as far as that is known. */
export function* entered(world: World, subject: Subject, definition: As<'runner'>): Generator<Step> {
  const { runs, may, also = [] } = definition
  const { access } = world
  const beside = also.length ? mayAll(access, subject, also) : undefined
  if (beside?.value === 'no') return
  const running = world.running(runs.type)
  if (running.list.length) {
    for (const { targets, answer } of on(access, subject, may, running))
      for (const { id } of targets)
        yield stepTo({ kind: 'runner', id }, definition, beside ? allOf([answer, beside]) : answer)
    if (!access.facts.unseen('runners').length) return
  }
  const somewhere = mayAll(access, subject, may)
  if (somewhere.value === 'no') return
  const unseen = running.list.length
    ? access.facts.unseen('runners')
    : [`Which ${runs.plural} there are is not collected`]
  const answer = unless(beside ? allOf([somewhere, beside]) : somewhere, unseen)
  // What hands roles to instances is known, and so are the roles; which of them an instance bears is not.
  const roles = runs.throughProfile && !running.list.length ? [...(world.inProfiles ?? [])] : []
  const known = roles.filter((id) => access.subject(id))
  if (!known.length) yield stepTo({ kind: 'more' }, definition, answer)
  for (const id of known)
    yield stepTo({ kind: 'principal', id }, definition, answer, ['An instance profile hands on the role.'])
}

/** Certain only where something holds that is not collected. */
export function* whereOpen(world: World, subject: Subject, definition: As<'open'>): Generator<Step> {
  const { organization } = world.access.facts.ceilings
  if (definition.management && organization?.none) return
  const answer = mayAll(world.access, subject, definition.may)
  if (answer.value !== 'no') yield stepTo({ kind: 'more' }, definition, opened(answer, definition.open))
}

const CLUSTER_MODE = 'Whether the cluster takes access entries is not collected'
export function* clusters(world: World, subject: Subject, definition: As<'cluster'>): Generator<Step> {
  const { access } = world
  const all = access.realm.things.filter(({ type }) => type === 'aws.eks-cluster')
  const answer = mayAll(access, subject, definition.may)
  if (answer.value === 'no') return
  if (!all.length) {
    yield stepTo(
      { kind: 'more' },
      definition,
      unless(answer, ['Which clusters of EKS there are is not collected']),
    )
    return
  }
  for (const { id } of all) {
    const here = access.judge(subject, { action: 'eks:CreateAccessEntry', resource: id })
    if (here.value !== 'no')
      yield stepTo({ kind: 'thing', id }, definition, unless(allOf([here, answer]), [CLUSTER_MODE]))
  }
}

const CONDITIONS = 'Whether a request of its meets the conditions of the trust is not known here'
/** Roles that trust a provider the subject may take over. */
export function* issuers(world: World, subject: Subject, definition: As<'issuer'>): Generator<Step> {
  const { access } = world
  const { things } = access.realm
  const present = new Set(things.filter(({ type }) => type === definition.type).map(({ id }) => id))
  const isSaml = definition.type === 'aws.saml-provider'
  const kind = isSaml ? ':saml-provider/' : ':oidc-provider/'
  const judgedFor = new Map<string, Judged>()
  for (const { id, arn, provider, statement } of world.federated) {
    if (!provider.includes(kind) || (isProtected(arn) && !isSaml)) continue
    const unseen = present.has(provider) ? [] : access.facts.unseen('things')
    if (definition.missing ? present.has(provider) : !present.has(provider) && !unseen.length) continue
    const answer =
      judgedFor.get(provider) ?? access.judge(subject, { action: definition.action, resource: provider })
    judgedFor.set(provider, answer)
    if (answer.value === 'no') continue
    const when = statement.conditions.some(({ key }) => /^(aws|sts):/.test(key)) ? [CONDITIONS] : []
    const whole = unless(opened(answer, definition.open), [...when, ...unseen])
    yield stepTo({ kind: 'principal', id }, definition, whole, [statement.words])
  }
}
