// Says to an auditor whose access ends or is limited what they read: what is not there may only be out of their sight.
import { Eye } from 'lucide-react'
import type { Actor } from '@/core/permissions'
import { auditorWords } from './auditor-words'

export function AuditorLine({ actor }: { actor: Actor }) {
  const words = actor.until || actor.within ? auditorWords(actor) : undefined
  if (!words) return null
  return (
    <aside
      aria-label="Your access"
      className="flex items-center justify-center gap-1.5 border-b border-hairline bg-surface px-4 py-1 text-caption"
    >
      <Eye size={13} aria-hidden className="shrink-0" />
      {words}
    </aside>
  )
}
