// Common criteria of SOC 2 that bear on non-human identities: the ids, and their gist in our words.
import type { Framework } from '../framework'

export const soc2: Framework = {
  id: 'soc2',
  title: 'SOC 2 common criteria',
  version: '2017, points of focus of 2022',
  publisher: 'AICPA',
  licence:
    'Copyright of the AICPA: ids only, the words are ours. The criteria are sentences and have no titles.',
  quotable: false,
  note: 'Those that bear on non-human identities.',
  controls: [
    {
      id: 'CC6.1',
      title:
        'Access to protected assets is limited by logical means: inventory, authentication, credentials, keys',
    },
    {
      id: 'CC6.2',
      title:
        'Whoever gets credentials is registered and authorised first, and loses them when no longer authorised',
    },
    {
      id: 'CC6.3',
      title: 'Access is given, changed and taken away by role, with least privilege and separated duties',
    },
    { id: 'CC6.6', title: 'What comes from outside of the boundary is kept out' },
    { id: 'CC6.7', title: 'Moving and removing data is restricted' },
    { id: 'CC6.8', title: 'Software that nobody authorised is prevented or found' },
    { id: 'CC7.1', title: 'Changes of configuration that bring weaknesses are found' },
    { id: 'CC7.2', title: 'What runs is watched for what is out of the ordinary' },
    { id: 'CC8.1', title: 'Changes are authorised, tested and approved' },
    { id: 'CC9.2', title: 'Risks of vendors and partners are assessed and managed' },
  ],
}
