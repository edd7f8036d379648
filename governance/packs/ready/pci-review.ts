// The periodic review of accounts of applications and systems that PCI DSS asks for. Its text is not quoted: the words are ours.
import type { ReadyPack } from '.'

export const pciReview: ReadyPack = {
  id: 'pci-review',
  title: 'PCI DSS 7.2.5.1 and 8.6: review of application and system accounts',
  about:
    'Who was asked about each account of an application or system, what they decided and signed off in the period, what became of it, and what the rules find in the same accounts.',
  controls: [
    'pci-dss:7.2.5',
    'pci-dss:7.2.5.1',
    'pci-dss:8.6',
    'pci-dss:8.6.1',
    'pci-dss:8.6.2',
    'pci-dss:8.6.3',
  ],
  parts: [
    ...[
      'population',
      'credentials',
      'entitlements',
      'findings',
      'decisions',
      'exceptions',
      'remediation',
      'changes',
    ],
    ...['sources', 'reconciliation', 'activity', 'quality', 'rules'],
  ],
  // What cannot be told from people’s accounts is looked at as well.
  filter: { class: ['machine', 'unclear'] },
  toComplete: [
    'The scopes of the cardholder data environment and of what is connected to it: Rollcall does not know which these are.',
    'The period: as often as your own targeted risk analysis (12.3.1) says. The standard names no number of days for these accounts; what is proposed here is a default.',
    'The document of that risk analysis itself: it is not in the pack.',
  ],
  days: 183,
  tests: {
    'pci-dss:7.2.5':
      'Rights of each account were judged over everything it holds and every way of coming to more; what was seen in use was laid beside what was given, and default identities with rights were looked for.',
    'pci-dss:7.2.5.1':
      'No rule answers this. decisions.csv has each decision about these accounts in the period with who, when and why; sign-offs stand in the report; remediation.csv says what later looks saw of what was to be removed; an account of population.csv that is in no row of decisions.csv was not reviewed in the period.',
    'pci-dss:8.6':
      'Stands over the three that follow: their tests are its tests. How credentials are handed out and kept is written down elsewhere.',
    'pci-dss:8.6.1':
      'Accounts were asked for passwords by which people sign in, for people who may become them, and for uses of what is declared to be for emergencies.',
    'pci-dss:8.6.2':
      'Configurations of what runs were looked at for variables whose names tell of a secret and whose value stands there, and secrets for where they are kept. Scripts and source code are not read.',
    'pci-dss:8.6.3':
      'Credentials and stored secrets were asked when their value was made, how long it lasts, and whether an old one is still active beside a new one. How complex a value is cannot be seen: no value is read.',
  },
}
