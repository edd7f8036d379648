// Who can become the identity and who uses it, as three columns with drawn lines. No layout engine: prints and reads as lists.
import { noneOf } from '@/app/_inventory/none-of'
import type { ReactNode } from 'react'
import { Link } from '@/app/_ui/link'
import type { IdentityDetail, TrustView } from '@/inventory/queries/types'
import { ClassIcon } from '@/app/_inventory/class-icon'
import { typeTitle } from '@/app/_inventory/type-title'
import { count } from '@/app/_inventory/words'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'
import { PRINCIPAL_WORDS } from './trust'

const SHOWN = 6
const BOX = 48
const GAP = 8
const WIDTH = 56

type Line = 'observed' | 'possible' | 'declared'
const DASHES: Record<Line, string | undefined> = { observed: undefined, possible: '5 4', declared: '1.5 3.5' }
type Shape = 'circle' | 'square'
type Node = { key: string; shape: Shape; line: Line; title: string; href?: string; note: ReactNode }

function Mark({ shape }: { shape: Shape }) {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden className="shrink-0 text-muted">
      {shape === 'circle' ? (
        <circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" />
      ) : (
        <rect x="1" y="1" width="8" height="8" fill="none" stroke="currentColor" strokeWidth="1.5" />
      )}
    </svg>
  )
}

function Box({ node }: { node: Node }) {
  return (
    <li className="flex h-12 items-center gap-2 rounded-md border border-hairline bg-bg px-2.5">
      <Mark shape={node.shape} />
      <span className="min-w-0">
        {node.href ? (
          <Link href={node.href} className="row-link block truncate" title={node.title}>
            {node.title}
          </Link>
        ) : (
          <span className="block truncate font-medium" title={node.title}>
            {node.title}
          </span>
        )}
        <span className="block truncate text-caption text-muted">{node.note}</span>
      </span>
    </li>
  )
}

/** Lines from the middles of the boxes on one side to the identity in the middle, drawn by counting rows. */
function Lines({ nodes, rows, to }: { nodes: Node[]; rows: number; to: 'right' | 'left' }) {
  const height = Math.max(1, rows) * (BOX + GAP) - GAP
  const middle = height / 2
  const top = (height - (nodes.length * (BOX + GAP) - GAP)) / 2
  const flip = to === 'left'
  return (
    <svg
      width={WIDTH}
      height={height}
      viewBox={`0 0 ${WIDTH} ${height}`}
      aria-hidden
      className="hidden self-center text-control md:block"
    >
      {nodes.map((node, i) => {
        const y = top + i * (BOX + GAP) + BOX / 2
        const [from, goal] = flip ? [middle, y] : [y, middle]
        const path = `M0 ${from}C${WIDTH / 2} ${from} ${WIDTH / 2} ${goal} ${WIDTH - 7} ${goal}`
        return (
          <path
            key={node.key}
            d={path}
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeDasharray={DASHES[node.line]}
          />
        )
      })}
      {(flip ? nodes.map((_, i) => top + i * (BOX + GAP) + BOX / 2) : nodes.length ? [middle] : []).map(
        (y) => (
          <path
            key={y}
            d={`M${WIDTH - 8} ${y - 4}L${WIDTH} ${y}L${WIDTH - 8} ${y + 4}z`}
            fill="currentColor"
          />
        ),
      )}
    </svg>
  )
}

/** The telling end of a long name of a principal. */
const short = (principal: string) =>
  principal.startsWith('arn:') ? principal.slice(principal.indexOf('/') + 1) : principal

const trustNode = (trust: TrustView): Node => ({
  key: trust.id,
  shape: 'circle',
  line: 'possible',
  title:
    trust.principalIdentity?.name ?? (trust.principalType === 'anyone' ? 'Anyone' : short(trust.principal)),
  href: trust.principalIdentity && `/identities/${trust.principalIdentity.id}`,
  note: `${PRINCIPAL_WORDS[trust.principalType]}${trust.conditions ? ', on conditions' : ''}`,
})

function nodesOf({ trust, usedBy, usage }: IdentityDetail): { before: Node[]; after: Node[] } {
  const before = trust.rows.filter((row) => row.effect === 'allow').map(trustNode)
  const after = [
    ...usage.rows.map((use): Node => ({
      key: use.id,
      shape: 'square',
      line: 'observed',
      title: use.what,
      note: (
        <>
          seen <Moment at={use.usedAt} />
        </>
      ),
    })),
    ...usedBy.rows.map((w): Node => ({
      key: w.id,
      shape: 'square',
      line: 'declared',
      title: w.name,
      note: `${typeTitle(w.type)} runs as it${w.replicas?.state === 'known' ? `, ${count(w.replicas.value, 'replica')}` : ''}`,
    })),
  ]
  return { before, after }
}

function Column({
  title,
  nodes,
  none,
  moreHref,
}: {
  title: string
  nodes: Node[]
  none: string
  moreHref: string
}) {
  const shown = nodes.slice(0, SHOWN)
  return (
    <div className="flex min-w-0 flex-1 flex-col justify-center md:py-5">
      <h3 className="mb-2 text-caption font-medium text-muted md:absolute md:top-2">{title}</h3>
      {shown.length ? (
        <ul aria-label={title} className="flex flex-col gap-2">
          {shown.map((node) => (
            <Box key={node.key} node={node} />
          ))}
        </ul>
      ) : (
        <p className="flex min-h-12 items-center rounded-md border border-dashed border-control px-2.5 text-caption text-muted">
          {none}
        </p>
      )}
      {nodes.length > SHOWN && (
        <a href={moreHref} className="link mt-1.5 self-start text-caption">
          + {nodes.length - SHOWN} more
        </a>
      )}
    </div>
  )
}

export function LineageSection({ detail }: { detail: IdentityDetail }) {
  const { before, after } = nodesOf(detail)
  const rows = Math.max(1, Math.min(SHOWN, before.length), Math.min(SHOWN, after.length))
  return (
    <Section id="lineage" title="Lineage" aside={<Legend />}>
      <div className="relative flex flex-col gap-4 rounded-lg border border-hairline bg-surface p-4 md:flex-row md:items-stretch md:gap-0 md:pt-7">
        <Column
          title="Who can become it"
          nodes={before}
          none={noneOf(detail.looks, 'trust', 'No trust lets anybody become it')}
          moreHref="#trust"
        />
        <Lines nodes={before.slice(0, SHOWN)} rows={rows} to="right" />
        <div className="flex w-full shrink-0 flex-col justify-center md:w-52">
          <p className="rounded-md border-2 border-ink bg-bg px-3 py-2.5 text-center font-semibold [overflow-wrap:anywhere]">
            <span className="mb-0.5 flex items-center justify-center gap-1.5 text-caption font-normal text-muted">
              <ClassIcon of={detail.identity.class} size={13} /> {typeTitle(detail.identity.type)}
            </span>
            {detail.identity.name}
          </p>
        </div>
        <Lines nodes={after.slice(0, SHOWN)} rows={rows} to="left" />
        <Column
          title="Used by"
          nodes={after}
          none={noneOf(detail.looks, 'workload', 'No workload that uses it is known')}
          moreHref={detail.usedBy.rows.length ? '#workloads' : '#evidence'}
        />
      </div>
    </Section>
  )
}

function Legend() {
  const entries: [Line, string][] = [
    ['observed', 'seen in logs'],
    ['possible', 'possible by policy'],
    ['declared', 'declared'],
  ]
  return (
    <ul aria-label="Lines" className="flex flex-wrap gap-x-4">
      {entries.map(([line, word]) => (
        <li key={line} className="inline-flex items-center gap-1.5">
          <svg width="24" height="6" aria-hidden className="text-control">
            <path d="M0 3H24" stroke="currentColor" strokeWidth="1.5" strokeDasharray={DASHES[line]} />
          </svg>
          {word}
        </li>
      ))}
    </ul>
  )
}
