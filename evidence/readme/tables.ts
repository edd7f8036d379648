// The tables of the README: controls, their rules, sources, exceptions and files.
import type { ControlResult, ReportFacts, RuleTest, SourceLine } from '../report/facts'
import { html, type Html } from './html'
import { count, countOr, SEEN, STATES, when } from './words'

export const stateCell = (state: ControlResult['state']): Html => {
  const { sign, word } = STATES[state]
  return html`<span class="state ${state}"><span aria-hidden="true">${sign}</span> ${word}</span>`
}

/** Wide tables move by themselves on a screen; whoever has no mouse moves them by keys. */
const scrolling = (label: string, table: Html): Html =>
  html`<div class="scroll" role="region" tabindex="0" aria-label="${label}">${table}</div>`

const sum = (rules: readonly RuleTest[], of: (one: RuleTest) => number) =>
  rules.reduce((total, one) => total + of(one), 0)
const COUNTED = ['pass', 'fail', 'unknown', 'notAsked'] as const
/** Where nothing was asked there is no number. */
const total = (rules: readonly RuleTest[], key: (typeof COUNTED)[number]): Html =>
  html`<td class="n">
    ${rules.length ? count(sum(rules, (one) => one[key])) : '–'}${key === 'fail' ? excepted(sum(rules, (one) => one.excepted)) : undefined}
  </td>`
const excepted = (n: number) => (n ? html` <span class="muted">(${count(n)} excepted)</span>` : undefined)

export const anchorOf = (at: number): string => `control-${at + 1}`

export function controlsTable(controls: readonly ControlResult[]): Html {
  const rows = controls.map(
    ({ framework, control, title, state, population, rules, gaps, signOffs }, at) =>
      html`<tr>
        <th scope="row" class="t">
          <a href="#${anchorOf(at)}">${control}</a><br /><span class="muted">${framework.id}</span>
        </th>
        <td class="w">${title}</td>
        <td>${stateCell(state)}</td>
        <td class="n">${count(population)}</td>
        ${COUNTED.map((key) => total(rules, key))}
        <td class="n">${count(gaps.length)}</td>
        <td class="n">${count(signOffs.length)}</td>
      </tr> `,
  )
  return scrolling(
    'Controls',
    html`<table class="data">
      <thead>
        <tr>
          <th scope="col">Control</th>
          <th scope="col">About</th>
          <th scope="col">State</th>
          <th scope="col" class="n">Population</th>
          <th scope="col" class="n">Pass</th>
          <th scope="col" class="n">Fail</th>
          <th scope="col" class="n">Unknown</th>
          <th scope="col" class="n">Not asked</th>
          <th scope="col" class="n">Gaps</th>
          <th scope="col" class="n">Sign-offs</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`,
  )
}

export function rulesTable(control: string, rules: readonly RuleTest[]): Html {
  const rows = rules.map(
    (one) =>
      html`<tr>
        <th scope="row" class="w">
          ${one.title}<br /><code>${one.id}</code> <span class="muted">${one.severity}</span>
        </th>
        <td class="w">
          ${one.parameters}<br /><span class="muted"
            >text <code>${one.revisions.map((hash) => hash.slice(0, 16)).join(', ')}</code></span
          >
        </td>
        <td class="n">${count(one.pass)}</td>
        <td class="n">${count(one.fail)}${excepted(one.excepted)}</td>
        <td class="n">${count(one.unknown)}</td>
        <td class="n">${count(one.notAsked)}</td>
        <td class="w">${one.blindSpot ?? 'not said'}</td>
      </tr> `,
  )
  return scrolling(
    `Rules of ${control}`,
    html`<table class="data">
      <thead>
        <tr>
          <th scope="col">Test</th>
          <th scope="col">Asked with</th>
          <th scope="col" class="n">Pass</th>
          <th scope="col" class="n">Fail</th>
          <th scope="col" class="n">Unknown</th>
          <th scope="col" class="n">Not asked</th>
          <th scope="col">What it cannot see</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`,
  )
}

const refusedWords = ({ refused }: SourceLine): string =>
  refused.map(({ permission, times }) => `${permission} × ${count(times)}`).join('; ')
const excludedWords = ({ excluded }: SourceLine): string =>
  excluded.map(({ count: n, why }) => `${count(n)}: ${why}`).join('; ')

export function sourcesTable(lines: readonly SourceLine[]): Html {
  const rows = lines.map(
    (one) =>
      html`<tr>
        <th scope="row" class="m">${one.scope}<br /><span class="muted">${one.connection}</span></th>
        <td class="t">${one.kind}</td>
        <td class="n">${countOr(one.reported, 'unknown')}</td>
        <td class="n">${countOr(one.read, 'unknown')}</td>
        <td class="n">${count(one.held)}</td>
        <td class="w">${excludedWords(one)}</td>
        <td class="t">${SEEN[one.state]}</td>
        <td>${one.completeAt ? when(one.completeAt) : 'never'}</td>
        <td class="w">${refusedWords(one) || one.why}</td>
      </tr> `,
  )
  return scrolling(
    'Sources',
    html`<table class="data">
      <thead>
        <tr>
          <th scope="col">Scope and source</th>
          <th scope="col">Kind</th>
          <th scope="col" class="n">The source says</th>
          <th scope="col" class="n">Read</th>
          <th scope="col" class="n">Held</th>
          <th scope="col">Left out</th>
          <th scope="col">Seen</th>
          <th scope="col">Last complete look</th>
          <th scope="col">Refused</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`,
  )
}

export function exceptionsTable(exceptions: ReportFacts['exceptions']): Html {
  const rows = exceptions.map(
    (one) =>
      html`<tr>
        <td class="w">${one.reason}<br /><code class="muted">${one.id}</code></td>
        <td>${one.askedBy}</td>
        <td>${one.approvedBy ?? 'nobody yet'}</td>
        <td>${one.from ? when(one.from) : 'not approved'}</td>
        <td>${one.until ? when(one.until) : ''}</td>
        <td class="n">${count(one.findings)}</td>
      </tr> `,
  )
  return scrolling(
    'Exceptions',
    html`<table class="data">
      <thead>
        <tr>
          <th scope="col">Reason</th>
          <th scope="col">Asked by</th>
          <th scope="col">Approved by</th>
          <th scope="col">From</th>
          <th scope="col">Until</th>
          <th scope="col" class="n">Findings</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`,
  )
}

export function filesTable(files: ReportFacts['files']): Html {
  const rows = files.map(
    ({ name, about, rows: n }) =>
      html`<tr>
        <th scope="row" class="t"><code>${name}</code></th>
        <td class="n">${n === undefined ? '–' : count(n)}</td>
        <td class="w">${about}</td>
      </tr> `,
  )
  return scrolling(
    'Files',
    html`<table class="data">
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col" class="n">Rows</th>
          <th scope="col">What it holds</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`,
  )
}
