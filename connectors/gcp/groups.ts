// Google groups that hold roles: service accounts in them hold those roles as well. Bindings do not show who is in a group;
// the directory does, to whoever has an admin role there.
import { known, unknown, type Fact } from '@/core/fact'
import type { Asker } from './asker'
import type { CallName } from './calls'
import { Group, Membership, pageOf } from './shapes'
import { byText } from './values'

const LOOKUP: CallName = 'cloudidentity.groups.lookup'
const MEMBERS: CallName = 'cloudidentity.memberships.list'
const MembershipPage = pageOf('memberships', Membership)
/** Groups within groups; nobody nests them deeper. */
const DEPTH_MAX = 20

export type Groups = ReadonlyMap<string, Fact<string[]>>

class Reader {
  private readonly direct = new Map<string, Fact<Membership[]>>()

  constructor(private readonly asker: Asker) {}

  /** Emails of service accounts in the group, and in the groups within it. */
  async accountsIn(email: string, above: readonly string[] = []): Promise<Fact<string[]>> {
    if (above.includes(email)) return known([], MEMBERS)
    if (above.length > DEPTH_MAX) return unknown('limited', MEMBERS, 'groups are nested too deep')
    const members = await this.membersOf(email)
    if (members.state !== 'known') return members
    const found = new Set<string>()
    for (const { preferredMemberKey, type } of members.value) {
      const id = preferredMemberKey?.id.toLowerCase()
      if (id === undefined) continue
      if (type === 'SERVICE_ACCOUNT' || id.endsWith('.gserviceaccount.com')) found.add(id)
      if (type !== 'GROUP') continue
      const inner = await this.accountsIn(id, [...above, email])
      if (inner.state !== 'known') return inner
      inner.value.forEach((one) => found.add(one))
    }
    return known([...found].sort(byText), MEMBERS)
  }

  private async membersOf(email: string): Promise<Fact<Membership[]>> {
    const held = this.direct.get(email)
    if (held) return held
    const group = await this.asker.ask(LOOKUP, { 'groupKey.id': email }, Group)
    const members =
      group.state === 'known'
        ? await this.asker.list(MEMBERS, { name: group.value.name }, MembershipPage)
        : group.state === 'absent'
          ? unknown('not-offered', LOOKUP, 'a group that holds a role is not in this directory')
          : group
    this.direct.set(email, members)
    return members
  }
}

export async function readGroups(asker: Asker, emails: ReadonlySet<string>): Promise<Groups> {
  const reader = new Reader(asker)
  const groups = new Map<string, Fact<string[]>>()
  for (const email of [...emails].sort(byText)) groups.set(email, await reader.accountsIn(email))
  return groups
}
