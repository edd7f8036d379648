// The files of a pack that are made of its facts in a form that others define. Shaped as whoever builds packs takes them.
import { ocsfEvents } from './ocsf/events'
import { assessmentResults } from './oscal/assessment-results'
import type { FindingLine, ReportFacts } from './report/facts'
import { reportPdf } from './report/pdf/report-pdf'

type Format = {
  id: string
  file: string
  about: string
  isUsual: boolean
  render: (facts: ReportFacts, findings: () => AsyncIterable<FindingLine[]>) => AsyncIterable<Uint8Array>
}

export const FORMATS: readonly Format[] = [
  {
    id: 'report',
    file: 'report.pdf',
    about:
      'The report: what each control came to, exceptions, sources and gaps, to be handed over and printed.',
    isUsual: true,
    render: (facts, findings) => reportPdf(facts, findings),
  },
  {
    id: 'oscal',
    file: 'oscal-assessment-results.json',
    about: 'OSCAL 1.2.1 assessment results, for tools that read what NIST defines.',
    isUsual: false,
    render: (facts, findings) => assessmentResults(facts, findings),
  },
  {
    id: 'ocsf',
    file: 'ocsf-events.ndjson',
    about: 'OCSF 1.8.0 events, one a line: every control, then every verdict.',
    isUsual: false,
    render: (facts, findings) => ocsfEvents(facts, findings),
  },
]
