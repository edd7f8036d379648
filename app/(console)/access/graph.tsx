// The answer as a drawing. Every thing in it leads to its row below, where the same is told in words.
import { CertaintyWord } from '@/app/_access/certainty'
import { DASHES } from '@/app/_access/lines'
import { count } from '@/app/_inventory/words'
import { BOX, draw, type Graph, type GraphLine, type Placed } from './graph-layout'
import { rowId } from './things-table'

/** Characters that fit one line of a box. */
const FITS = 23
/** A long name goes on in a second line; only what does not fit there either is cut, in its middle. */
function linesOf(text: string): string[] {
  if (text.length <= FITS) return [text]
  const rest = text.slice(FITS)
  return [text.slice(0, FITS), rest.length <= FITS ? rest : `${rest.slice(0, 8)}…${rest.slice(9 - FITS)}`]
}
const LINE = 16

function Node({ node: { key, title, note, mark, x, y } }: { node: Placed }) {
  const look = mark === 'plain' ? 'stroke-control' : 'stroke-ink'
  const lines = linesOf(title)
  const top = y + (BOX.height - (lines.length + 1) * LINE) / 2 + 12
  return (
    <a href={`#${rowId(key)}`} className="group">
      <rect
        {...{ x, y }}
        {...BOX}
        rx={6}
        className={`fill-bg group-hover:fill-hover ${look}`}
        strokeWidth={mark === 'plain' ? 1 : 2}
      />
      <text className="fill-ink text-ui font-medium">
        {lines.map((line, i) => (
          <tspan key={i} x={x + 10} y={top + i * LINE}>
            {line}
          </tspan>
        ))}
      </text>{' '}
      <text x={x + 10} y={top + lines.length * LINE} className="fill-muted text-caption">
        {note.length <= FITS + 3 ? note : `${note.slice(0, FITS + 2)}…`}
      </text>
    </a>
  )
}

function Line({ line: { a, b, certainty, title } }: { line: GraphLine & { a: Placed; b: Placed } }) {
  const [x1, y1] = [a.x + BOX.width, a.y + BOX.height / 2]
  const [x2, y2] = [b.x, b.y + BOX.height / 2]
  const bend = Math.max(30, (x2 - x1) / 2)
  return (
    <g className="text-muted">
      <path
        d={`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - 7} ${y2}`}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeDasharray={DASHES[certainty]}
      >
        <title>{title}</title>
      </path>
      <path d={`M${x2 - 8} ${y2 - 4}L${x2} ${y2}L${x2 - 8} ${y2 + 4}z`} fill="currentColor" />
    </g>
  )
}

function Legend() {
  return (
    <ul aria-label="Lines" className="flex flex-wrap gap-x-4 gap-y-1 text-caption">
      {(['observed', 'possible', 'depends'] as const).map((certainty) => (
        <li key={certainty} className="inline-flex items-center gap-1.5">
          <svg width="28" height="6" aria-hidden className="text-muted">
            <path d="M0 3H28" stroke="currentColor" strokeWidth="1.5" strokeDasharray={DASHES[certainty]} />
          </svg>
          <CertaintyWord certainty={certainty} />
        </li>
      ))}
    </ul>
  )
}

export function GraphFigure({ graph }: { graph: Graph }) {
  const { width, height, nodes, lines } = draw(graph)
  return (
    <figure className="mb-4">
      <div
        role="region"
        aria-label="Graph"
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
        tabIndex={0}
        className="max-h-160 overflow-auto rounded-lg border border-hairline bg-surface p-2 print:max-h-none print:overflow-visible"
      >
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
          {lines.map((line) => (
            <Line key={`${line.from} ${line.to}`} line={line} />
          ))}
          {nodes.map((node) => (
            <Node key={node.key} node={node} />
          ))}
        </svg>
      </div>
      <figcaption className="mt-1.5 flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-caption text-muted">
        <span>
          Each leads to its place below, where the same is told in words.
          {graph.left > 0 &&
            ` ${count(graph.left, 'thing')} more ${graph.left === 1 ? 'is' : 'are'} only there.`}
        </span>
        <Legend />
      </figcaption>
    </figure>
  )
}
