// A sentence that must be seen before the rest of the page, with what to do about it.
import { CircleX, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const LOOKS = {
  info: { icon: Info, className: 'border-hairline bg-surface', colour: 'text-accent' },
  warn: {
    icon: TriangleAlert,
    className: 'border-sev-medium bg-sev-medium-tint',
    colour: 'text-sev-medium-text',
  },
  danger: { icon: CircleX, className: 'border-danger bg-sev-high-tint', colour: 'text-danger' },
} as const

type Props = {
  tone?: keyof typeof LOOKS
  title?: ReactNode
  children?: ReactNode
  actions?: ReactNode
  role?: 'alert' | 'status'
}
export function Notice({ tone = 'info', title, children, actions, role }: Props) {
  const { icon: Icon, className, colour } = LOOKS[tone]
  return (
    <div
      role={role}
      className={`flex flex-wrap items-start gap-2.5 rounded-lg border px-3 py-2.5 text-ui ${className}`}
    >
      <Icon size={16} aria-hidden className={`mt-0.5 shrink-0 ${colour}`} />
      <div className="min-w-0 flex-1 basis-48 [overflow-wrap:anywhere]">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className="text-ink">{children}</div>}
      </div>
      {/* Below the text where both have no room beside each other. */}
      {actions && <div className="flex shrink-0 flex-wrap gap-2">{actions}</div>}
    </div>
  )
}
