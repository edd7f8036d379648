// What an identity may do, as a word with a shape.
import {
  CircleDashed,
  KeyRound,
  ShieldAlert,
  ShieldQuestionMark,
  TrendingUp,
  type LucideIcon,
} from 'lucide-react'
import { PRIVILEGE_WORDS } from './words'

const PLAIN = new Set(['write', 'read', 'limited', 'none'])
const ICONS: Readonly<Record<string, LucideIcon>> = {
  administrator: ShieldAlert,
  escalates: TrendingUp,
  conditional: ShieldQuestionMark,
  sensitive: KeyRound,
}

export function PrivilegeCell({ privilege }: { privilege: string }) {
  const word = PRIVILEGE_WORDS[privilege] ?? privilege
  if (PLAIN.has(privilege)) return <span className="whitespace-nowrap text-muted">{word}</span>
  const Icon = ICONS[privilege] ?? CircleDashed
  const look =
    privilege === 'administrator' || privilege === 'escalates' ? 'font-medium text-ink' : 'text-muted'
  return (
    <span className={`inline-flex items-center gap-1 whitespace-nowrap ${look}`}>
      <Icon size={14} aria-hidden className="shrink-0" />
      {word}
    </span>
  )
}
