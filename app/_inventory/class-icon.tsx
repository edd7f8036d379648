// A shape for each class of identity: told apart without colour.
import { Bot, Cloud, CircleQuestionMark, User } from 'lucide-react'

const ICONS: Record<string, typeof Bot> = {
  machine: Bot,
  human: User,
  provider: Cloud,
  unclear: CircleQuestionMark,
}

export function ClassIcon({ of, size = 15 }: { of: string; size?: number }) {
  const Icon = ICONS[of] ?? CircleQuestionMark
  return <Icon size={size} aria-hidden className="shrink-0 text-muted" />
}
