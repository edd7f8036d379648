// The README of a pack: one page without scripts or anything from outside, to be read on a screen and on paper.
import type { ControlResult, ReportFacts } from '../report/facts'
import { html, type Html } from './html'
import { styleOf } from './style'
import {
  anchorOf,
  controlsTable,
  exceptionsTable,
  filesTable,
  rulesTable,
  sourcesTable,
  stateCell,
} from './tables'
import { count, incompleteMark, STATES, when } from './words'

const list = (items: readonly (Html | string)[]): Html =>
  html`<ul>
    ${items.map((item) => html`<li>${item}</li>`)}
  </ul>`

function head(facts: ReportFacts): Html {
  const { asOf, period, scope, redacted, by, product, totals } = facts
  const known =
    asOf.known === asOf.valid ? html`as it was known then` : html`as it was known at ${when(asOf.known)}`
  return html`<h1>${facts.title}</h1>
    <p class="muted">Evidence of ${product.name} ${product.version}</p>
    <dl>
      <dt>As of</dt>
      <dd>${when(asOf.valid)}, ${known}</dd>
      ${
        period &&
        html`<dt>Period</dt>
          <dd>${when(period.from)} to ${when(period.to)}</dd>`
      }
      <dt>Scope</dt>
      <dd>${scope.map((part) => html`<div>${part}</div>`)}</dd>
      <dt>Population</dt>
      <dd>${count(totals.identities)} identities, ${count(totals.credentials)} credentials</dd>
      <dt>Verdicts</dt>
      <dd>
        ${count(totals.failing)} fail (${count(totals.excepted)} of them under an exception),
        ${count(totals.unknown)} are unknown
      </dd>
      <dt>Built by</dt>
      <dd>${by}</dd>
      ${
        redacted.length
          ? html`<dt>Left out</dt>
              <dd>${redacted.map((part) => html`<div>${part}</div>`)}</dd>`
          : undefined
      }
    </dl>`
}

function banner({ complete, gaps }: ReportFacts): Html {
  if (complete)
    return html`<div class="note good">
      <p>
        <strong>Complete.</strong> All that was to be looked at was seen; what these sources never tell is
        said under <a href="#method">how it was come by</a>.
      </p>
    </div>`
  return html`<div class="note bad" role="note">
    <p>
      <strong>INCOMPLETE.</strong> ${count(gaps.length)} ${gaps.length === 1 ? 'gap' : 'gaps'}: what was not
      seen may be otherwise than anything here says.
    </p>
    ${list(gaps)}
  </div>`
}

function controlSection(one: ControlResult, at: number): Html {
  const { framework, control, title, text, state, population, rules, gaps, signOffs, test } = one
  return html`<h3 id="${anchorOf(at)}">${control} ${title === text ? '' : title}</h3>
    <p class="muted">${framework.title} ${framework.version}</p>
    ${text && html`<p>${text}</p>`}
    <p>${stateCell(state)}. ${STATES[state].means} Population: ${count(population)}.</p>
    ${test && html`<p><strong>Test performed.</strong> ${test}</p>`}
    ${rules.length ? rulesTable(control, rules) : undefined}
    ${
      gaps.length
        ? html`<h4>What was not seen or not decided</h4>
            ${list(gaps)}`
        : undefined
    }
    ${
      signOffs.length
        ? html`<h4>Signed off</h4>
            ${list(
              signOffs.map(
                (sign) =>
                  html`${sign.by}, ${when(sign.at)}: ${count(sign.decisions)} decisions of “${sign.campaign}”.
                    <span class="muted">${sign.statement}</span>`,
              ),
            )}`
        : undefined
    }`
}

const controls = (facts: ReportFacts): Html =>
  facts.controls.length
    ? html`<h2 id="controls">Controls</h2>
        <p>
          Counts are verdicts about this population: a subject that two rules of a control judge counts twice.
          Unknown and not asked are never a pass. This is evidence toward controls; none of it says that one
          is met.
        </p>
        ${controlsTable(facts.controls)}
        <h2 id="tests">Tests performed</h2>
        ${facts.controls.map(controlSection)}`
    : html`<h2 id="controls">Controls</h2>
        <p>This pack was asked about no control.</p>`

const VERIFY = html`<h2 id="verify">How to verify it</h2>
  <ol>
    <li>
      Get the public key of whoever built this pack by another way than the pack: from its administrator, or
      from the keys page of the installation.
    </li>
    <li>
      Check every byte without a server or a database:
      <pre><code>npm run -s rollcall -- verify pack.zip --key public-key.pem</code></pre>
      or open the page <code>/verify</code> of any installation: nothing is uploaded, the browser does it.
      Each file that was changed, taken out or put in is named.
    </li>
    <li>
      By hand: <code>manifest.json</code> lists each file with its length and SHA-256;
      <code>manifest.sig</code> is the Ed25519 signature over its bytes.
      <pre><code>unzip pack.zip -d pack
openssl pkeyutl -verify -rawin -pubin -inkey public-key.pem \\
  -in pack/manifest.json -sigfile pack/manifest.sig
sha256sum pack/*</code></pre>
    </li>
    <li>
      Check the activity log: for each line of <code>activity.ndjson</code>, the SHA-256 of
      <code>before</code>, a space and <code>text</code> has to be <code>hash</code>, and
      <code>before</code> the hash of the line before.
      <code>rollcall activity verify --head &lt;place&gt;:&lt;hash&gt;</code> says whether the installation
      still has that entry.
    </li>
  </ol>`

const again = ({ asOf, period }: ReportFacts): Html =>
  html`<h2 id="again">How to do it again</h2>
    <ol>
      <li>
        Open <code>manifest.json</code>: <code>asked</code> is the whole question, with the controls, the
        filter and the instants.
      </li>
      <li>
        Ask the same installation for a pack with that question. It answers with the same bytes in every file,
        apart from the seal, as long as its history reaches back to ${when(period?.from ?? asOf.valid)}.
      </li>
      <li>
        Take the population by itself: the list of identities with this filter as of
        <code>${asOf.valid}</code> (known at <code>${asOf.known}</code>), from the page, the API (<code
          >GET /api/v1/identities</code
        >) or <code>rollcall identities --csv</code>, has the rows of <code>population.csv</code>.
      </li>
      <li>
        Draw rows from <code>population.csv</code> by their <code>id</code>, and look each up at its source by
        <code>nativeId</code>: name, type, creation and credentials have to be there.
      </li>
      <li>
        Take the other way too: pick identities at the source, and find each by its native id here. One that
        is missing, and in no gap, is a finding against this pack.
      </li>
      <li>
        Ask a rule again: <code>rules.json</code> has the hash of its text, its settings and the facts it
        needs, and <code>findings.csv</code> the facts that each verdict rests on.
      </li>
    </ol>`

/** @returns the whole page; the same facts give the same text */
export function readmeHtml(facts: ReportFacts): string {
  const mark = incompleteMark(facts)
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
        />
        <title>${facts.title} – evidence as of ${when(facts.asOf.valid)}</title>
        <style>
          ${styleOf(facts)}
        </style>
      </head>
      <body>
        <table class="frame" role="presentation">
          ${
            mark &&
            html`<thead aria-hidden="true">
              <tr>
                <td><p>${mark}</p></td>
              </tr>
            </thead>`
          }
          <tbody>
            <tr>
              <td>
                <main>
                  ${head(facts)} ${banner(facts)} ${controls(facts)}
                  <h2 id="sources">Sources, reconciled</h2>
                  <p>
                    What the last complete look read is laid beside what is held. “Unknown” is not none: no
                    API that was read tells how many there are, or the part was never seen whole. All of it,
                    stream by stream, is in <code>sources.csv</code>.
                  </p>
                  ${facts.sources.length ? sourcesTable(facts.sources) : html`<p>No source is in scope.</p>`}
                  <h2 id="exceptions">Exceptions</h2>
                  ${facts.exceptions.length ? exceptionsTable(facts.exceptions) : html`<p>None counted or waited.</p>`}
                  <h2 id="files">Files</h2>
                  ${filesTable(facts.files)}
                  <h2 id="method">How it was come by</h2>
                  ${list(facts.method)} ${VERIFY} ${again(facts)}
                </main>
              </td>
            </tr>
          </tbody>
        </table>
      </body>
    </html> `
  return page.text
}
