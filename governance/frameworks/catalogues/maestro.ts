// The layers of CSA MAESTRO, which is a method of modelling threats and has no control ids.
import type { Framework } from '../framework'

export const maestro: Framework = {
  id: 'maestro',
  title: 'CSA MAESTRO',
  version: '1',
  publisher: 'Cloud Security Alliance',
  licence: 'Copyright of the CSA: names of layers only.',
  quotable: false,
  note: 'A method of modelling threats by layer: it has no controls and no control ids. Version 2, under review, has other layers.',
  controls: [
    { id: 'Layer 1', title: 'Foundation Models' },
    { id: 'Layer 2', title: 'Data Operations' },
    { id: 'Layer 3', title: 'Agent Frameworks' },
    { id: 'Layer 4', title: 'Deployment Infrastructure' },
    { id: 'Layer 5', title: 'Evaluation and Observability' },
    { id: 'Layer 6', title: 'Security and Compliance' },
    { id: 'Layer 7', title: 'Agent Ecosystem' },
  ],
}
