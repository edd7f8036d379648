// The seven tenets of zero trust, NIST SP 800-207 section 2.1.
import type { Framework } from '../framework'

export const nist800207: Framework = {
  id: 'nist-800-207',
  title: 'NIST SP 800-207, zero trust',
  version: 'August 2020',
  publisher: 'NIST',
  licence: 'US public domain: quoted. The tenets have a place in a list, and no official ids.',
  quotable: true,
  controls: [
    { id: 'Tenet 1', title: 'All data sources and computing services are considered resources.' },
    { id: 'Tenet 2', title: 'All communication is secured regardless of network location.' },
    { id: 'Tenet 3', title: 'Access to individual enterprise resources is granted on a per-session basis.' },
    {
      id: 'Tenet 4',
      title:
        'Access to resources is determined by dynamic policy—including the observable state of client identity, application/service, and the requesting asset—and may include other behavioral and environmental attributes.',
    },
    {
      id: 'Tenet 5',
      title:
        'The enterprise monitors and measures the integrity and security posture of all owned and associated assets.',
    },
    {
      id: 'Tenet 6',
      title:
        'All resource authentication and authorization are dynamic and strictly enforced before access is allowed.',
    },
    {
      id: 'Tenet 7',
      title:
        'The enterprise collects as much information as possible about the current state of assets, network infrastructure and communications and uses it to improve its security posture.',
    },
  ],
}
