// Stored secrets that a principal can read: each one on its own, since conditions ask for their names.
import type { Thing } from '@/core/access'
import { all, any, not, type Answer } from '../three-valued'
import { gives } from './bindings'
import type { Definition } from './escalations'
import { attributesOf, projectIn } from './resources'
import type { Reach } from './reach'
import type { Found } from './steps'
import type { Target } from './targets'
import type { World } from './world'

const SECRETS_MAX = 500
const kept = new WeakMap<World, readonly { thing: Thing; target: Target; project: string }[]>()

function secretsOf(world: World) {
  const found = kept.get(world)
  if (found) return found
  const secrets = (world.realm.things ?? []).flatMap((thing) => {
    const target =
      thing.kind === 'secret'
        ? world.targets.read(thing.id, 'secretmanager.googleapis.com/versions.access')
        : undefined
    const project = target && projectIn(target.full)
    return target && project !== undefined ? [{ thing, target, project }] : []
  })
  kept.set(world, secrets)
  return secrets
}

export function* secretSteps(
  world: World,
  { id, gives: words, place }: Definition,
  reach: Reach,
): Generator<Found> {
  const [need = []] = place
  let left = SECRETS_MAX
  for (const { thing, target } of secretsOf(world)) {
    // Asked for is a version of it: which one is not known.
    const version = {
      ...target,
      full: `${target.full}/versions/1`,
      attributes: attributesOf(`${target.full}/versions/latest`),
    }
    const held: Answer = any(
      need.flatMap((permission) =>
        reach.grants(permission).map(({ binding, plain }) => {
          const asked = binding.condition?.text.includes('versions/') ? {} : world.asked(version)
          return all([plain, gives(binding, permission, version, world.targets, asked)])
        }),
      ),
    )
    if (held.value === 'no') continue
    const [permission = ''] = need
    const answer = all([
      not(world.restricted(reach.holding, permission, version, world.asked(version))),
      held,
    ])
    if (left-- <= 0) return
    yield {
      to: { kind: 'thing', id: thing.id },
      by: id,
      answer: { ...answer, because: [words, ...answer.because] },
    }
  }
}
