// The ten risks of OWASP to non-human identities: what was asked about each, over everything that is read.
import type { ReadyPack } from '.'

export const owaspNhi: ReadyPack = {
  id: 'owasp-nhi',
  title: 'OWASP Non-Human Identities Top 10',
  about:
    'How identities of machines stand to the ten risks OWASP lists, as of one instant. Findings with the facts they rest on, and what was not seen of each risk.',
  controls: ['owasp-nhi'],
  parts: [
    ...['population', 'credentials', 'entitlements', 'findings', 'exceptions', 'remediation'],
    ...['sources', 'reconciliation', 'activity', 'rules'],
  ],
  filter: {},
  toComplete: ['The scopes it is about, where it is not about all of them.'],
  tests: {
    'owasp-nhi:NHI1:2025':
      'Every identity and credential was asked for its last use, its owner and whether the owner is still there, what runs as it and when that ended, and whether its declared end has passed.',
    'owasp-nhi:NHI2:2025':
      'Configurations of what runs were looked at for variables whose names tell of a secret and whose value stands there; stored secrets for copies elsewhere and for where they are kept. No value was read.',
    'owasp-nhi:NHI3:2025':
      'Identities that belong to somebody outside were compared with the register of suppliers, and asked for what they may do and whether the trust in them names who exactly is meant.',
    'owasp-nhi:NHI4:2025':
      'Credentials were asked for their form, and whether what uses them could do without; trust for the conditions that say who may sign in and from where.',
    'owasp-nhi:NHI5:2025':
      'Rights were judged over everything an identity holds and every way of coming to more; what was seen in use was laid beside what was given.',
    'owasp-nhi:NHI6:2025':
      'Trust in issuers of tokens was asked for its subject, its audience and for names that anybody can take; pipelines for static keys that could be replaced.',
    'owasp-nhi:NHI7:2025':
      'Credentials and stored secrets were asked when their value was made and when it ends, and compared with the limits of the policy.',
    'owasp-nhi:NHI8:2025':
      'The environment of each identity was told by tags and names as the policy says, and laid beside the environments of what it holds rights in and of what runs as it.',
    'owasp-nhi:NHI9:2025':
      'What runs as each identity was counted, and whether it is the one that a platform gives to whatever names none.',
    'owasp-nhi:NHI10:2025':
      'Identities of machines were asked for people who may become them, for passwords by which people sign in, and for uses of what is meant for emergencies.',
  },
}
