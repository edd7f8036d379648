// Owner hints from tags: who is named, and whether the value reads like a person or a team.
import type { Of } from '@/core/observation'
import { ownerIn } from '@/core/owner-words'
import type { Tag } from './shapes'

export const ownerHints = (identity: string, tags: readonly Tag[]): Of<'owner-hint'>[] =>
  tags.flatMap(({ Key, Value }) => {
    const owner = ownerIn(Key, Value ?? '')
    if (!owner) return []
    return [
      {
        kind: 'owner-hint' as const,
        nativeId: `${identity}/owner/${Key}`,
        identity,
        ...owner,
        via: `tag ${Key}`,
      },
    ]
  })
