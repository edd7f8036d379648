// Service principals in groups: what a group may do, they may.
import { mapFact, unknown, type Fact } from '@/core/fact'
import type { Session } from '@/core/session'
import { z } from 'zod'
import { segment } from '../call'
import { connection } from '../connection'
import { GROUP_MEMBERS } from './calls'
import { Lists } from './lists'
import { Id } from './values'

const Member = z.object({ id: Id })

/** Members of groups, and of the groups in those; each group is asked for once. Absent where the group is gone. */
export class Groups {
  private readonly lists: Lists<z.output<typeof Member>>
  private readonly asked = new Map<string, Promise<Fact<string[]>>>()

  constructor(private readonly session: Session) {
    this.lists = new Lists(session, GROUP_MEMBERS, Member)
  }

  /** Object ids. */
  principals(group: string): Promise<Fact<string[]>> {
    const held = this.asked.get(group) ?? this.ask(group)
    this.asked.set(group, held)
    return held
  }

  private async ask(group: string): Promise<Fact<string[]>> {
    const { previewApis } = await connection(this.session)
    if (!previewApis)
      return unknown('left-out', GROUP_MEMBERS, 'the settings of this connection leave preview APIs out')
    const listed = await this.lists.of({
      path: `/groups/${segment(group)}/transitiveMembers/microsoft.graph.servicePrincipal`,
      // A kind of members is told from the others by an index, which asks that it be counted.
      query: { $select: 'id', $count: 'true' },
    })
    return mapFact(listed, (members) => members.map(({ id }) => id).sort())
  }
}
