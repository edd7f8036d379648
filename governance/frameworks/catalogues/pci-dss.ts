// Requirements of PCI DSS 4.0.1 on accounts of applications and systems: the ids, and their gist in our words.
import type { Framework } from '../framework'

export const pciDss: Framework = {
  id: 'pci-dss',
  title: 'PCI DSS',
  version: '4.0.1',
  publisher: 'PCI Security Standards Council',
  licence: 'Copyright of the PCI SSC: ids only, the words are ours.',
  quotable: false,
  note: 'Those that bear on non-human identities. For them the standard names no number of days: the own risk analysis does.',
  controls: [
    {
      id: '7.2.4',
      title: 'Accounts of people, those of vendors among them, are reviewed at least every six months',
    },
    {
      id: '7.2.5',
      title: 'Accounts of applications and systems have the least they need, where they need it',
    },
    {
      id: '7.2.5.1',
      title: 'That access is reviewed as often as the own risk analysis says, and acknowledged',
    },
    {
      id: '8.2.2',
      title: 'Shared accounts only as an approved exception for a time, with each use going back to a person',
    },
    { id: '8.2.7', title: 'Third parties reach in only while needed, and are watched' },
    {
      id: '8.6',
      title: 'Accounts of applications and systems, and what they authenticate with, are strictly managed',
    },
    {
      id: '8.6.1',
      title:
        'Nobody signs in as one interactively, save for a justified, approved and attributable exception for a time',
    },
    {
      id: '8.6.2',
      title: 'Passwords of accounts that can sign in interactively are in no script, configuration or code',
    },
    {
      id: '8.6.3',
      title:
        'Their passwords change as often as the own risk analysis says and on suspicion, and are as complex as that asks for',
    },
    {
      id: '10.2.1.2',
      title:
        'Administrative actions are logged, interactive use of application and system accounts among them',
    },
    { id: '12.3.1', title: 'The own risk analysis is documented, and reviewed at least every 12 months' },
  ],
}
