// What an identity may do, as a word with a shape.
import { CircleDashed, ShieldAlert, ShieldQuestionMark } from 'lucide-react'
import { PRIVILEGE_WORDS } from './words'

export function PrivilegeCell({ privilege }: { privilege: string }) {
  const word = PRIVILEGE_WORDS[privilege] ?? privilege
  if (privilege === 'limited' || privilege === 'none')
    return <span className="whitespace-nowrap text-muted">{word}</span>
  const Icon =
    privilege === 'administrator'
      ? ShieldAlert
      : privilege === 'conditional'
        ? ShieldQuestionMark
        : CircleDashed
  const look = privilege === 'administrator' ? 'font-medium text-ink' : 'text-muted'
  return (
    <span className={`inline-flex items-center gap-1 whitespace-nowrap ${look}`}>
      <Icon size={14} aria-hidden className="shrink-0" />
      {word}
    </span>
  )
}
