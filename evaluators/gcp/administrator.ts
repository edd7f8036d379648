// Who is administrator of a place: whoever may set its policy, or is owner there.
import { all, any, depends, no, not, type Answer } from '../three-valued'
import { canonical } from './permissions'
import { isOpen } from './roles'
import { mayGrant, notRead, type Reach } from './reach'
import { short } from './words'
import type { World } from './world'

/** @param root the place it would be administrator of: a project, folder or organisation */
export function administers(world: World, reach: Reach, root: string = world.hierarchy.root): Answer {
  const target = world.targets.ofNode(root)
  const kind = root.slice(0, root.indexOf('/'))
  const permission = canonical(`resourcemanager.${kind}.setIamPolicy`) ?? ''
  const above = reach.grants(permission).filter(({ binding }) => binding.node === root)
  const sets = any(
    above.map((granted) => {
      const { value, because } = mayGrant(world, granted, 'everything', target)
      return {
        value,
        because: [
          `It can set the policy of ${root}: it holds ${short(granted.binding.name, 240)}.`,
          ...because,
        ],
      }
    }),
  )
  const owns = any(
    reach.holding.holds
      .filter(({ binding }) => binding.node === root && binding.role.name === 'roles/owner')
      .map((hold): Answer => {
        const granted = reach
          .grants(canonical('iam.serviceAccounts.actAs') ?? '')
          .find(({ binding }) => binding === hold.binding)
        const value = hold.binding.condition
          ? (granted?.answer ?? depends(`Owner of ${root} under a condition.`))
          : hold.held
        return { ...value, because: [`It is owner of ${root}.`, ...value.because] }
      }),
  )
  const unread = any(
    reach.open
      .filter(
        (hold) =>
          hold.binding.node === root &&
          isOpen(hold.binding.role) &&
          hold.binding.role.has(permission).value === 'depends',
      )
      .map(notRead),
  )
  const taken = world.restricted(reach.holding, permission, target, {})
  const held = any([sets, owns, unread])
  return held.value === 'no' ? no() : all([held, not(taken)])
}
