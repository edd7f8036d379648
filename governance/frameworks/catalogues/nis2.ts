// Article 21 of NIS2 and the annex of its implementing regulation: references, and their gist in our words.
import type { Framework } from '../framework'

export const nis2: Framework = {
  id: 'nis2',
  title: 'NIS2',
  version: '(EU) 2022/2555 and CIR (EU) 2024/2690',
  publisher: 'European Union',
  licence: 'The words are ours; the law is on EUR-Lex.',
  quotable: false,
  note: 'Those that bear on non-human identities. The implementing regulation binds providers of listed digital services, not everyone whom NIS2 binds.',
  controls: [
    { id: 'Art. 21(2)(d)', title: 'Security of the supply chain', group: 'Directive (EU) 2022/2555' },
    {
      id: 'Art. 21(2)(i)',
      title: 'Access control and management of assets',
      group: 'Directive (EU) 2022/2555',
    },
    {
      id: 'Art. 21(2)(j)',
      title: 'Authentication with more than one factor or continuously',
      group: 'Directive (EU) 2022/2555',
    },
    {
      id: 'CIR 11.2.2.b',
      title: 'Rights change or go when somebody leaves or changes',
      group: 'Annex of (EU) 2024/2690',
    },
    {
      id: 'CIR 11.2.2.d',
      title: 'Access of third parties is limited in scope and time',
      group: 'Annex of (EU) 2024/2690',
    },
    { id: 'CIR 11.2.2.e', title: 'A register of the rights given is kept', group: 'Annex of (EU) 2024/2690' },
    {
      id: 'CIR 11.2.3',
      title: 'Rights are reviewed at planned intervals, and what came of it is documented',
      group: 'Annex of (EU) 2024/2690',
    },
    {
      id: 'CIR 11.5.2',
      title: 'Identities of systems and of people are unique, go back to one of them, and are overseen',
      group: 'Annex of (EU) 2024/2690',
    },
    {
      id: 'CIR 11.5.3',
      title: 'One identity for several only where needed, approved and documented',
      group: 'Annex of (EU) 2024/2690',
    },
    {
      id: 'CIR 11.5.4',
      title: 'Identities are reviewed, and switched off without delay when no longer needed',
      group: 'Annex of (EU) 2024/2690',
    },
    { id: 'CIR 11.6.1', title: 'Authentication is secure', group: 'Annex of (EU) 2024/2690' },
    {
      id: 'CIR 11.6.2.c',
      title: 'Credentials change at first, at intervals, and on suspicion',
      group: 'Annex of (EU) 2024/2690',
    },
  ],
}
