// Articles of DORA and of its regulatory technical standard on ICT risk management: references, and their gist in our words.
import type { Framework } from '../framework'

export const dora: Framework = {
  id: 'dora',
  title: 'DORA',
  version: '(EU) 2022/2554 and RTS (EU) 2024/1774',
  publisher: 'European Union',
  licence: 'The words are ours; the law is on EUR-Lex.',
  quotable: false,
  note: 'Those that bear on non-human identities.',
  controls: [
    {
      id: 'Art. 8(1)',
      title: 'Assets and what depends on them are identified and documented',
      group: 'DORA, (EU) 2022/2554',
    },
    {
      id: 'Art. 8(4)',
      title: 'Assets of the own and of others that matter are listed',
      group: 'DORA, (EU) 2022/2554',
    },
    { id: 'Art. 8(6)', title: 'The inventories are kept up to date', group: 'DORA, (EU) 2022/2554' },
    {
      id: 'Art. 9(4)(c)',
      title: 'Logical access is limited to what is needed',
      group: 'DORA, (EU) 2022/2554',
    },
    {
      id: 'Art. 9(4)(d)',
      title: 'Authentication is strong and keys are protected',
      group: 'DORA, (EU) 2022/2554',
    },
    { id: 'Art. 10(1)', title: 'Activity out of the ordinary is found', group: 'DORA, (EU) 2022/2554' },
    {
      id: 'Art. 28(3)',
      title: 'A register of arrangements with third parties is kept',
      group: 'DORA, (EU) 2022/2554',
    },
    {
      id: 'RTS Art. 20',
      title:
        'People and systems are identified and authenticated one by one; accounts are managed for their whole life',
      group: 'RTS, (EU) 2024/1774',
    },
    {
      id: 'RTS Art. 21(a)',
      title: 'Access by need to know and least privilege',
      group: 'RTS, (EU) 2024/1774',
    },
    { id: 'RTS Art. 21(b)', title: 'Duties are separated', group: 'RTS, (EU) 2024/1774' },
    {
      id: 'RTS Art. 21(c)',
      title: 'Generic and shared accounts are limited, and their use goes back to a person',
      group: 'RTS, (EU) 2024/1774',
    },
    {
      id: 'RTS Art. 21(e)(iii)',
      title: 'Rights are withdrawn without undue delay',
      group: 'RTS, (EU) 2024/1774',
    },
    {
      id: 'RTS Art. 21(e)(iv)',
      title: 'Rights are reviewed every year, every six months for what is critical',
      group: 'RTS, (EU) 2024/1774',
    },
    { id: 'RTS Art. 21(f)', title: 'Authentication is strong', group: 'RTS, (EU) 2024/1774' },
  ],
}
